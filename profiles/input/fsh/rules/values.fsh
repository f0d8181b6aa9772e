// The shapes of value that the extensions share.

// An extension with one value of one type.
RuleSet: Value(type)
* value[x] 1..1
* value[x] only {type}

// One part of an extension with parts: its value is of one type.
RuleSet: Part(name, type)
* extension[{name}].value[x] 1..1
* extension[{name}].value[x] only {type}

// A quantity in one unit and no other.
RuleSet: MeasuredIn(element, unit)
* {element}.value 1..1
* {element}.system 1..1
* {element}.system = $UCUM (exactly)
* {element}.code 1..1
* {element}.code = #{unit} (exactly)

// A list of which some entries are told apart by what they contain; any others may stand beside them.
RuleSet: SlicedByPattern(element, description)
* {element} ^slicing.discriminator.type = #pattern
* {element} ^slicing.discriminator.path = "$this"
* {element} ^slicing.rules = #open
* {element} ^slicing.description = {description}
