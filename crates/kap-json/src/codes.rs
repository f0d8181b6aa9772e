//! The codes of findings about JSON text.

crate::issue_codes! {
    BRACKET = "json-bracket", Error, "structure", "Brackets do not pair",
        "`{` is closed by `}` and `[` by `]`; here one is missing, or the other kind stands in its place.", "write the bracket that the message names";
    BYTE_ORDER_MARK = "json-byte-order-mark", Warning, "structure", "The text begins with a byte order mark",
        "JSON texts must not begin with one (RFC 8259 section 8.1); some readers fail on it.", "save the file without a byte order mark";
    COMMENT = "json-comment", Error, "structure", "A comment stands in the text",
        "JSON has no comments; strict readers refuse the whole file.", "remove the comment";
    CONTROL_CHARACTER = "json-control-character", Error, "structure", "A string holds a raw control character",
        "Characters below U+0020 must be written as escapes (RFC 8259 section 7).", "write it as an escape such as \\n or \\t";
    DEPTH = "json-depth", Fatal, "too-long", "The nesting is deeper than the limit",
        "A text may nest arrays and objects only so far; nothing behind that depth is read, so that no text can exhaust the stack.",
        "flatten the document, or raise the limit if it really is that deep";
    DUPLICATE_KEY = "json-duplicate-key", Error, "structure", "An object has the same name twice",
        "Readers disagree on which of the two counts, so a record could mean one thing here and another in the EHR. The first is the one read here.",
        "keep one of the two";
    EMPTY = "json-empty", Fatal, "structure", "The text is empty",
        "There is no JSON value in it, only white space or nothing at all.", "check that the file was written completely";
    ENCODING = "json-encoding", Fatal, "structure", "The text is not UTF-8",
        "JSON that is exchanged between systems is UTF-8 (RFC 8259 section 8.1).", "save the file as UTF-8";
    ESCAPE = "json-escape", Error, "structure", "A string has a faulty escape",
        "Only \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits are escapes.", "write the backslash twice if it is meant as text";
    LITERAL = "json-literal", Error, "structure", "This is not a JSON value",
        "Values are objects, arrays, strings in double quotes, numbers, true, false and null.", "put text into double quotes";
    MISSING_COLON = "json-missing-colon", Error, "structure", "The colon after a name is missing",
        "Each member of an object is a name, a colon and a value.", "write a colon between name and value";
    MISSING_COMMA = "json-missing-comma", Error, "structure", "The comma between two values is missing",
        "Members and items are parted by commas.", "write a comma before this";
    MISSING_NAME = "json-missing-name", Error, "structure", "A value in an object has no name",
        "Each member of an object is a name, a colon and a value.", "give it a name, or put it into an array";
    MISSING_VALUE = "json-missing-value", Error, "structure", "A name has no value",
        "Each member of an object is a name, a colon and a value.", "give it a value or remove the name";
    NUMBER = "json-number", Error, "structure", "This is not a JSON number",
        "No leading zeros, no plus sign, digits on both sides of the point (RFC 8259 section 6).", "write the number in plain decimal form";
    QUOTES = "json-quotes", Error, "structure", "Text stands in single quotes or in none",
        "Names and strings stand in double quotes.", "use double quotes";
    SIZE = "json-size", Fatal, "too-long", "The text is larger than the limit",
        "Texts above the limit are refused before they are read.", "split the file, use .ndjson, or raise the limit";
    STRING_OPEN = "json-string-open", Error, "structure", "The closing quote of a string is missing",
        "A string begins and ends with a double quote and has no line end in between (RFC 8259 section 7).", "add the closing quote";
    TOO_MANY = "json-too-many-faults", Fatal, "too-long", "There are too many faults to go on",
        "The parse stops after a set number of findings.", "mend the first ones and run again";
    TRAILING_COMMA = "json-trailing-comma", Error, "structure", "A comma stands where no value follows",
        "Commas part values; there is none before the first or after the last.", "remove the comma";
    TRAILING = "json-trailing-text", Error, "structure", "Something follows the JSON value",
        "A text holds one value; many values go into an .ndjson file, one a line.", "remove it, or name the file .ndjson";
    TRUNCATED = "json-truncated", Fatal, "structure", "The text ends before it is complete",
        "An object, array or string that was opened is never closed.", "check that the file was written or sent completely";
    UNEXPECTED = "json-unexpected", Error, "structure", "This character has no place here",
        "It neither ends nor continues what was begun.", "remove it";
}
