import ArgumentParser
import Inventory

/// `--listen HOST:PORT`.
struct ListenOption: ExpressibleByArgument {
    let address: ListenAddress

    init?(argument: String) {
        guard let address = ServerAddress.listen(argument) else { return nil }
        self.address = address
    }
}
