import Access
import Testing

/// Fails the test unless the operation throws an `AccessError` of that code; returns it.
@discardableResult
func expectAccessError(
    _ code: AccessError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ operation: () async throws -> Void
) async -> AccessError? {
    do {
        try await operation()
        Issue.record("nothing was thrown instead of \(code.text)", sourceLocation: sourceLocation)
        return nil
    } catch {
        let error = error as? AccessError
        #expect(error?.code == code, sourceLocation: sourceLocation)
        return error
    }
}
