import Contracts
import Inventory
import Testing

@testable import Tasks

@Suite struct CSVWriterTests {
    private func text(_ rows: [JSONValue], _ columns: [TableColumn]) throws -> String {
        String(decoding: try CSVWriter.write(rows: rows, columns: columns), as: UTF8.self)
    }

    @Test("Cells are quoted where RFC 4180 demands it")
    func quoting() throws {
        let columns = [TableColumn(field: "a", title: "A, first"), TableColumn(field: "b", title: "B")]
        let rows: [JSONValue] = [
            ["a": "say \"hi\"", "b": 1.50], ["a": "two\nlines", "b": nil], ["b": true], ["a": "Zürich 🚆", "b": [1]],
        ]
        #expect(
            try text(rows, columns)
                == "\"A, first\",B\r\n\"say \"\"hi\"\"\",1.5\r\n\"two\nlines\",\r\n,true\r\nZürich 🚆,[1]\r\n")
    }

    @Test(
        "What a spreadsheet would take for a formula is disarmed",
        arguments: [
            "=1+1", "+49 30", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")",
        ])
    func formulas(cell: String) {
        #expect(CSVWriter.cell(.string(cell)) == "'" + cell)
    }

    @Test("Numbers stay numbers, negative ones too")
    func numbers() {
        #expect(CSVWriter.cell("-5.25") == "-5.25")
        #expect(CSVWriter.cell(-5.25) == "-5.25")
        #expect(CSVWriter.cell("-5.25e") == "'-5.25e")
        #expect(CSVWriter.cell("plain = text") == "plain = text")
        #expect(CSVWriter.cell("") == "")
    }

    @Test("A heading is guarded like a cell")
    func heading() throws {
        #expect(try text([], [TableColumn(field: "a", title: "=A")]) == "'=A\r\n")
    }

    @Test("A row that is no object is named")
    func badRow() {
        let fault = #expect(throws: RecipeFault.self) {
            _ = try CSVWriter.write(rows: [[:], 7], columns: [])
        }
        #expect(fault?.message == "row 2 is a number, not an object.")
    }
}
