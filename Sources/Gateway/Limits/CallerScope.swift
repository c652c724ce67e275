/// By what callers are told apart.
package enum CallerScope: String, Sendable, CaseIterable {
    case token, tenant, address
}
