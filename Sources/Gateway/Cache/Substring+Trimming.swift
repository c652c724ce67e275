extension Substring {
    /// Without the spaces and tabs around it (OWS of RFC 9110, 5.6.3).
    var withoutSpace: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
