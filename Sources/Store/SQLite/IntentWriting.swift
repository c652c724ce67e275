import GRDB
import Inventory

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The SQL of writes that happen once; runs inside a transaction.
enum IntentWriting {
    static func begin(_ intent: NewIntent, mayRepeat: Bool, _ db: Database) throws -> IntentStart {
        if let key = intent.key {
            let find = try db.cachedStatement(
                sql: "SELECT * FROM intent WHERE caller = ? AND provider = ? AND operation = ? AND key = ?")
            let arguments: StatementArguments = [intent.caller, intent.provider, intent.operation, key]
            if let row = try Row.fetchOne(find, arguments: arguments),
                let known = try known(row, intent, mayRepeat: mayRepeat, db)
            {
                return known
            }
        }
        try insert(intent, db)
        return .begun
    }

    /// What an earlier write with the same key means for this one; nil when it is to be forgotten.
    private static func known(
        _ row: Row, _ intent: NewIntent, mayRepeat: Bool, _ db: Database
    ) throws -> IntentStart? {
        let record = try IntentRecord(row: row)
        let expires = Timestamp(milliseconds: row["expires"])
        let precedent = IntentPrecedent(
            record, fingerprint: row["fingerprint"], expires: expires, for: intent, mayRepeat: mayRepeat)
        switch precedent {
        case .over:
            try db.cachedStatement(sql: "DELETE FROM intent WHERE call = ?").execute(arguments: [record.callID])
            return nil
        case .refusal(let start):
            return start
        case .repeat:
            try db.cachedStatement(
                sql: """
                    UPDATE intent SET call = ?, node = ?, state = 'in_flight', repeats = repeats + 1, expires = ?
                    WHERE call = ?
                    """
            ).execute(arguments: [intent.callID, intent.node, intent.expires.milliseconds, record.callID])
            return .repeated(callID: record.callID, providerKey: record.providerKey)
        case .answer:
            return .answered(try StoredAnswer(row: row), callID: record.callID, expires: expires)
        }
    }

    private static func insert(_ intent: NewIntent, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO intent (call, caller, caller_name, provider, operation, key, provider_key, fingerprint,
                    risk, node, begun, expires, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'in_flight')
                """
        ).execute(arguments: [
            intent.callID, intent.caller, intent.callerName, intent.provider, intent.operation, intent.key,
            intent.providerKey, intent.fingerprint, intent.risk.rawValue, intent.node, intent.begun.milliseconds,
            intent.expires.milliseconds,
        ])
    }

    static func answered(_ callID: String, _ answer: EncodedAnswer, at: Timestamp, _ db: Database) throws -> Bool {
        // Nobody can ask again for a write without a key: the ledger's row is enough.
        try db.cachedStatement(sql: "DELETE FROM intent WHERE call = ? AND key IS NULL").execute(arguments: [callID])
        if db.changesCount == 1 { return true }
        try db.cachedStatement(
            sql: """
                UPDATE intent SET state = 'answered', status = ?, fields = ?, body = ?, body_length = ?, settled = ?,
                    settled_by = NULL
                WHERE call = ? AND state <> 'answered'
                """
        ).execute(arguments: [
            answer.status, answer.fields, answer.body.map { Data($0) }, answer.bodyLength, at.milliseconds, callID,
        ])
        return db.changesCount == 1
    }

    static func noEffect(_ callID: String, _ db: Database) throws -> Bool {
        try db.cachedStatement(
            sql: "UPDATE intent SET state = 'unknown' WHERE call = ? AND state = 'in_flight' AND repeats > 0"
        ).execute(arguments: [callID])
        if db.changesCount == 1 { return true }
        try db.cachedStatement(
            sql: "DELETE FROM intent WHERE call = ? AND state IN ('in_flight', 'unknown') AND repeats = 0"
        ).execute(arguments: [callID])
        return db.changesCount == 1
    }
}
