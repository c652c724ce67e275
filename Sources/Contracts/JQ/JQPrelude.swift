/// What a program is wrapped in before libjq compiles it.
///
/// A program may compute and nothing else: it reads no environment, no files and no other input, and writes nowhere.
/// So `$ENV` and `env` are empty, `input` gives nothing, modules cannot be loaded (`import` and `include` are grammar
/// only at the very beginning of a text, and the program stands in parentheses). A few built-ins of jq 1.6 abort the
/// process or never end on unlucky values (dates far away, searching for nothing, empty matches in `gsub`); they are
/// replaced by ones that raise an error. libjq itself still reads `~/.jq` if the user has one.
enum JQPrelude {
    static func wrap(_ program: String) -> String {
        definitions + "{} as $ENV | (" + program + "\n)"
    }

    /// One line, so that line numbers in jq's messages are those of the program.
    private static let definitions = [
        "def env: {};",
        "def input: empty;",
        "def inputs: empty;",
        "def debug: .;",
        "def stderr: .;",
        "def input_filename: null;",
        "def input_line_number: 0;",
        "def get_search_list: [];",
        #"def modulemeta: error("modules cannot be read");"#,
        "def halt: empty;",
        "def halt_error: error;",
        "def halt_error($code): error;",
        #"def _moment: if type == "number" and (. >= -62135596800 and . <= 253402300799 | not)"#
            + #" then error("the time is out of range") else . end;"#,
        "def _gmtime: gmtime;",
        "def gmtime: _moment | _gmtime;",
        "def _localtime: localtime;",
        "def localtime: _moment | _localtime;",
        "def _strftime($format): strftime($format);",
        "def strftime($format): _moment | _strftime($format);",
        "def _strflocaltime($format): strflocaltime($format);",
        "def strflocaltime($format): _moment | _strflocaltime($format);",
        #"def todate: strftime("%Y-%m-%dT%H:%M:%SZ");"#,
        "def date: todate;",
        "def dateadd(u; n): . + n;",
        "def datesub(u; n): . - n;",
        "def _indices($what): indices($what);",
        #"def indices($what): if $what == "" then null else _indices($what) end;"#,
        "def index($what): indices($what) | if . == null then null else .[0] end;",
        "def rindex($what): indices($what) | if . == null then null else .[-1:][0] end;",
        #"def _searched($re; $flags): [match($re; "g" + $flags)];"#,
        "def _named: [.captures[] | select(.name != null) | {key: .name, value: .string}] | from_entries;",
        "def _replaced($re; $flags; f): . as $text | reduce (_searched($re; $flags)[], null) as $m"
            + #" ({at: 0, out: ""}; if $m == null then .out += $text[.at:] | .at = ($text | length)"#
            + " elif $m.offset < .at then . else .out += $text[.at:$m.offset] + ($m | _named | f)"
            + " | .at = $m.offset + $m.length end) | .out;",
        #"def gsub($re; f; $flags): _replaced($re; $flags | gsub("g"; ""); f);"#,
        #"def gsub($re; f): _replaced($re; ""; f);"#,
        "",
    ].joined(separator: " ")
}
