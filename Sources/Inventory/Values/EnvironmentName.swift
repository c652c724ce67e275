/// Which of a provider's environments the project talks to.
public enum EnvironmentName: String, CaseIterable, Sendable {
    case sandbox
    case production
}
