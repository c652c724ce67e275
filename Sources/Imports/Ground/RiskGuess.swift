package import Inventory

/// Guesses what an operation does from its method and name; a person confirms it.
///
/// Methods that look are reads. All others write, and are payments when one word of the path or the name says that money
/// moves: rather one too many, since a payment is only handled with more care.
package enum RiskGuess {
    private static let money: Set<String> = [
        "capture", "captures", "charge", "charges", "checkout", "disbursement", "disbursements", "order", "orders",
        "pay",
        "payment", "payments", "payout", "payouts", "purchase", "purchases", "refund", "refunds", "remittance", "topup",
        "topups", "transfer", "transfers", "withdraw", "withdrawal", "withdrawals",
    ]

    package static func risk(method: String, path: String, name: String) -> Risk {
        if Risk.usual(of: method) == .read { return .read }
        let fixed = path.split(separator: "/").filter { !$0.hasPrefix("{") }.joined(separator: " ")
        let words = OperationNames.dashed(fixed + " " + name).split(separator: "-")
        return words.contains { money.contains(String($0)) } ? .payment : .write
    }
}
