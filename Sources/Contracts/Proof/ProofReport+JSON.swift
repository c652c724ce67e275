extension ProofReport {
    /// The first member of the JSON form; it changes when the form does.
    public static let form = "footing.proof/1"

    /// The report as `schemas/proof.schema.json` describes it.
    public var json: JSONValue {
        [
            "form": .string(ProofReport.form), "title": .string(title), "started": .string(started),
            "environment": JSONValue(environment), "verdict": .string(verdict.rawValue),
            "counts": ProofReport.counts { count($0) },
            "subjects": .array(
                subjects.map { subject in
                    [
                        "name": .string(subject.name), "verdict": .string(subject.verdict.rawValue),
                        "cases": .array(subject.cases.map(ProofReport.json)),
                    ]
                }),
        ]
    }

    /// Reads what `json` wrote; nil when it is something else.
    public init?(json: JSONValue) {
        guard json["form"]?.stringValue == ProofReport.form, let title = json["title"]?.stringValue,
            let started = json["started"]?.stringValue, let subjects = json["subjects"]?.arrayValue
        else { return nil }
        var cases: [ProofCase] = []
        for subject in subjects {
            guard let name = subject["name"]?.stringValue, let items = subject["cases"]?.arrayValue else { return nil }
            for item in items {
                guard let read = ProofReport.read(item, of: name) else { return nil }
                cases.append(read)
            }
        }
        self.init(title: title, started: started, environment: json["environment"]?.stringValue, cases: cases)
    }

    private static func counts(_ count: (ProofVerdict) -> Int) -> JSONValue {
        .object(JSONObject(ProofVerdict.allCases.map { ($0.rawValue, JSONValue(count($0))) }))
    }

    private static func json(_ item: ProofCase) -> JSONValue {
        [
            "kind": .string(item.kind), "name": .string(item.name), "verdict": .string(item.verdict.rawValue),
            "words": .string(item.words), "faults": JSONValue(item.faults),
            "ms": JSONValue((item.milliseconds * 10).rounded() / 10),
        ]
    }

    private static func read(_ item: JSONValue, of subject: String) -> ProofCase? {
        guard let kind = item["kind"]?.stringValue, let name = item["name"]?.stringValue,
            let verdict = item["verdict"]?.stringValue.flatMap(ProofVerdict.init(rawValue:))
        else { return nil }
        let milliseconds = item["ms"]?.doubleValue ?? 0
        return ProofCase(
            subject: subject, kind: kind, name: name, verdict: verdict, words: item["words"]?.stringValue ?? "",
            faults: item["faults"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            duration: .microseconds(Int64(min(max(milliseconds, 0), 1e12) * 1000)))
    }
}
