/// The place of a call that waits for another one's answer.
package struct CacheSeat: Sendable {
    let flight: UInt64
    let seat: UInt64
}
