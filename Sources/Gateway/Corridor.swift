import Access
import Contracts
import Inventory
package import NIOCore
package import Store
import Synchronization
package import Wire

/// The way of a call: every request to a provider, from whomever, walks these stages in this order.
///
/// ```
/// recognise > authorise > admit > check request > ask > remember > sign > send > check answer > map
/// ```
/// Each stage is one type in `Stages/`, testable alone; `CallWalk` takes one call through them on one event loop. A stage that objects
/// throws a `Problem`. Whatever happens, one record goes to the sink.
package final class Corridor: Sendable {
    let ground: CorridorGround
    private let group: any EventLoopGroup

    /// - Parameter group: calls from inside the process walk on its loops.
    package init(table: RouteTable, parts: CorridorParts, group: any EventLoopGroup) {
        ground = CorridorGround(parts, table: table)
        self.group = group
    }

    /// The routes in force.
    package var routes: RouteTable { ground.table.withLock { $0 } }

    /// Keeps examples of calls while a person wants them.
    package var recorder: Recorder { ground.recorder }

    /// Puts new routes in force; calls under way end under the old ones.
    package func swap(_ table: RouteTable) {
        ground.callers.adopt(table.project.callers)
        ground.budgets.withLock { $0.adopt(table.project.budgets) }
        table.gates.adopt(table.project.providers)
        ground.table.withLock { $0 = table }
    }

    /// Answers a request for `/p/{provider}/{path}`. Called on the exchange's loop.
    ///
    /// - Returns: who is to be told of the request's content.
    package func passThrough(
        _ head: RequestHead, _ target: CallTarget, _ exchange: any ServerExchange
    ) -> any ServerExchangeDelegate {
        let requestID = ground.ids.next("r_")
        let key = head.fields[.idempotencyKey]
        let request = CallRequest(
            provider: target.providerName(in: head.target), target: .passThrough(WireRequest(head, target)),
            credential: .presented, requestID: requestID, idempotencyKey: key, language: head.fields[.acceptLanguage],
            mayDefer: true)
        let walk = CallWalk(ground: ground, exchange: exchange, local: nil, request: request)
        if let key, !IdempotencyKey.isValid(key) {
            walk.fail(IdempotencyKey.problem)
        } else {
            walk.start()
        }
        return walk
    }

    /// Makes the call for a caller inside the process. Throws `Problem` for every failure and `CancellationError` when the caller's task
    /// is cancelled.
    ///
    /// - Parameter onTry: told of each attempt when it has ended, in order; the call's result comes after the last.
    package func call(
        _ request: CallRequest, onTry: (@Sendable (CallTry) async -> Void)? = nil
    ) async throws -> CallResult {
        let loop = group.next()
        let promise = loop.makePromise(of: CallResult.self)
        let (tries, told) = AsyncStream.makeStream(of: CallTry.self)
        let made = LocalCall(loop: loop)
        loop.execute { [ground] in
            let exchange = LocalExchange(eventLoop: loop, promise: promise)
            let walk = CallWalk(
                ground: ground, exchange: exchange, local: exchange, request: request,
                onTry: onTry == nil ? nil : { told.yield($0) })
            made.begin(walk)
            walk.start()
        }
        promise.futureResult.whenComplete { _ in told.finish() }
        return try await withTaskCancellationHandler {
            if let onTry { for await made in tries { await onTry(made) } }
            return try await promise.futureResult.get()
        } onCancel: {
            made.cancel()
        }
    }
}

/// Lets the task of a caller inside the process cancel its walk.
private final class LocalCall: Sendable {
    private let loop: any EventLoop
    private let walk: NIOLoopBoundBox<CallWalk?>

    init(loop: any EventLoop) {
        self.loop = loop
        walk = .makeBoxSendingValue(nil, eventLoop: loop)
    }

    func begin(_ walk: CallWalk) {
        self.walk.value = walk
    }

    func cancel() {
        loop.execute { self.walk.value?.callerLeft() }
    }
}
