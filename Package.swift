// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name + "Tests", dependencies: dependencies, swiftSettings: strict)
}

let asyncAlgorithms: Target.Dependency = .product(name: "AsyncAlgorithms", package: "swift-async-algorithms")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHPACK: Target.Dependency = .product(name: "NIOHPACK", package: "swift-nio-http2")
let nioHTTP2: Target.Dependency = .product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "footing",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "footing", targets: ["footing"]),
        .library(name: "Contracts", targets: ["Contracts"]),
        .library(name: "Inventory", targets: ["Inventory"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(name: "CJQ", path: "Sources/CJQ", providers: [.apt(["libjq-dev"]), .brew(["jq"])]),
        .systemLibrary(
            name: "CPQ", path: "Sources/CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),

        module("Wire", [nioCore]),
        module("Inventory", [yams]),
        module("Contracts", ["CJQ", "Inventory"]),
        module("Imports", ["Contracts", "Inventory"]),
        module("Store", ["CPQ", "Contracts", "Inventory", grdb]),
        module("Access", ["Contracts", "Inventory", "Store", crypto, grdb]),
        module("Pact", ["Contracts", "Imports", "Inventory"]),
        module(
            "Gateway",
            [
                "Access", "Contracts", "Inventory", "Store", "Wire", crypto, logging, nioCore, nioHPACK, nioHTTP2,
                nioPosix, nioSSL, nioTLS,
            ]),
        module(
            "Tasks", ["Contracts", "Inventory", "Store", crypto, logging, mustache, serviceLifecycle, subprocess]),
        module(
            "Review", ["Access", "Contracts", "Gateway", "Inventory", "Store", logging, serviceLifecycle]),
        .target(
            name: "Server",
            dependencies: [
                "Access", "Contracts", "Gateway", "Inventory", "Review", "Store", "Tasks", "Wire", asyncAlgorithms,
                hummingbird, httpTypes, logging, nioCore, nioHPACK, nioHTTP2, nioPosix, nioSSL, nioTLS,
                serviceLifecycle,
                unixSignals,
            ],
            exclude: ["Console"], swiftSettings: strict, plugins: ["EmbedConsole"]),
        .executableTarget(name: "embed-files", path: "Sources/EmbedFiles", swiftSettings: strict),
        .plugin(name: "EmbedConsole", capability: .buildTool(), dependencies: ["embed-files"]),
        .executableTarget(
            name: "footing",
            dependencies: [
                "Access", "Contracts", "Gateway", "Imports", "Inventory", "Pact", "Review", "Server", "Store", "Tasks",
                "Wire", argumentParser, hummingbird, httpTypes, logging, nioCore, nioPosix, subprocess,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "leak-guard-bench", dependencies: ["Access", "Contracts"], path: "bench/leak-guard/measure",
            swiftSettings: strict),
        .executableTarget(
            name: "contracts-bench", dependencies: ["Contracts"], path: "bench/contracts/measure",
            swiftSettings: strict),
        .executableTarget(
            name: "sandbox-vendors", dependencies: [argumentParser, hummingbird, httpTypes, logging, nioCore],
            path: "examples/rent-vs-commute/vendors", exclude: ["data"], swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["Contracts", "Store"], path: "Tests/Support", swiftSettings: strict),
        tests("Wire", ["TestSupport", "Wire", nioCore]),
        tests("Inventory", ["Inventory"]),
        tests("Contracts", ["Contracts", "TestSupport"]),
        tests("Imports", ["Contracts", "Imports", "Inventory", "TestSupport"]),
        tests("Pact", ["Contracts", "Imports", "Inventory", "Pact", "TestSupport"]),
        tests("Store", ["Contracts", "Inventory", "Store", "TestSupport", grdb]),
        tests("Access", ["Access", "Contracts", "Inventory", "Store", "TestSupport", crypto, grdb]),
        tests(
            "Gateway",
            [
                "Access", "Contracts", "Gateway", "Inventory", "Store", "TestSupport", "Wire", crypto, nioCore,
                nioEmbedded, nioHPACK, nioHTTP2, nioPosix, nioSSL, nioTLS,
            ]),
        tests("Tasks", ["Contracts", "Inventory", "Store", "Tasks", "TestSupport", logging, serviceLifecycle]),
        tests("Review", ["Contracts", "Gateway", "Inventory", "Review", "Store", "TestSupport", logging]),
        tests(
            "Server",
            [
                "Access", "Contracts", "Gateway", "Inventory", "Server", "Store", "Tasks", "TestSupport", "Wire",
                hummingbird, hummingbirdTesting, httpTypes, logging, nioCore, nioEmbedded, nioHPACK, nioHTTP2, nioPosix,
                nioSSL,
            ]),
        tests(
            "Footing",
            [
                "Access", "Contracts", "Gateway", "Imports", "Inventory", "Pact", "Store", "TestSupport", "footing",
                crypto, nioPosix,
            ]),
        tests("Vendors", ["sandbox-vendors"]),
        tests(
            "EndToEnd",
            ["Contracts", "Gateway", "Inventory", "Wire", "footing", "sandbox-vendors", httpTypes, nioCore, nioPosix]),
    ])
