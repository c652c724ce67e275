import Foundation
import PackagePlugin

/// Puts the files of a target's `Console` folder into the binary, as the generated `ConsoleAssets`.
@main
struct EmbedConsole: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = target.directoryURL.appending(path: "Console")
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        let files = (found?.compactMap { $0 as? URL } ?? []).filter { !$0.hasDirectoryPath }.sorted {
            $0.path < $1.path
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "ConsoleAssets.swift")
        return [
            .buildCommand(
                displayName: "Embedding the console", executable: try context.tool(named: "embed-files").url,
                arguments: [folder.path, output.path], inputFiles: files, outputFiles: [output])
        ]
    }
}
