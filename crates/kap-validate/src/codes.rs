//! Every code of this crate. Codes are never renamed; messages may change.

pub mod signature;
pub mod special;

kap_json::issue_codes! {
    STRUCTURE_NOT_A_RESOURCE = "structure-not-a-resource", Error, "structure", "Not a FHIR resource",
        "A FHIR document is one JSON object with a `resourceType`. Something else stands where a resource is expected.",
        "write one resource, for example a Bundle";
    STRUCTURE_RESOURCE_TYPE_MISSING = "structure-resource-type-missing", Error, "structure", "Resource without `resourceType`",
        "Every resource says what it is in `resourceType` (https://hl7.org/fhir/R4/json.html#resources). Without it nothing in it can be checked.",
        "add `\"resourceType\"` with the name of the type";
    STRUCTURE_UNKNOWN_RESOURCE_TYPE = "structure-unknown-resource-type", Error, "not-supported", "Unknown resource type",
        "The type is not one of FHIR R4's resource types (https://hl7.org/fhir/R4/resourcelist.html), or it is abstract.",
        "check the spelling; resources of other FHIR versions are not supported";
    STRUCTURE_UNKNOWN_ELEMENT = "structure-unknown-element", Error, "structure", "Unknown element",
        "The definition of the type has no element of this name. FHIR allows no other members than those defined; what is missing goes into an extension.",
        "correct the name, or use an extension";
    STRUCTURE_COMMENTS = "structure-comments", Warning, "structure", "Comments as in earlier versions",
        "Before R4, comments could be kept in `fhir_comments`; R4 has no such member (https://hl7.org/fhir/R4/json.html), and other systems refuse it as an unknown element.",
        "remove it, or use an extension";
    STRUCTURE_EMPTY_OBJECT = "structure-empty-object", Error, "structure", "Empty object",
        "Objects are never empty in FHIR's JSON (https://hl7.org/fhir/R4/json.html): an element that is there has a value, children or an extension (ele-1).",
        "leave the element out";
    STRUCTURE_EMPTY_ARRAY = "structure-empty-array", Error, "structure", "Empty array",
        "An array cannot be empty in FHIR's JSON (https://hl7.org/fhir/R4/json.html): an element that is absent is left out.",
        "leave the element out";
    STRUCTURE_ARRAY_EXPECTED = "structure-array-expected", Error, "structure", "Array expected",
        "An element that may repeat is an array in JSON, even if there is one value, and even if a profile allows only one.",
        "put the value into square brackets";
    STRUCTURE_ARRAY_UNEXPECTED = "structure-array-unexpected", Error, "structure", "Array not allowed",
        "An element that does not repeat is never an array in JSON.",
        "remove the square brackets";
    STRUCTURE_OBJECT_EXPECTED = "structure-object-expected", Error, "structure", "Object expected",
        "The element has a complex type, which is an object in JSON.",
        "write an object with the elements of the type";
    STRUCTURE_NULL = "structure-null", Error, "structure", "`null` not allowed",
        "`null` only holds a place in an array of primitives, where the array with the leading `_` has something at the same index (https://hl7.org/fhir/R4/json.html#primitive).",
        "leave the element out";
    STRUCTURE_UNDERSCORE = "structure-underscore", Error, "structure", "Wrong member with a leading `_`",
        "`_name` carries the id and extensions of the primitive element `name` and is an object, or an array of objects (https://hl7.org/fhir/R4/json.html#primitive).",
        "put the id or extensions where the type of the element wants them";
    STRUCTURE_MISALIGNED = "structure-misaligned", Error, "structure", "Arrays `name` and `_name` differ in length",
        "The two arrays of a repeating primitive belong together item by item; `null` fills the gaps (https://hl7.org/fhir/R4/json.html#primitive).",
        "fill the shorter array with `null`";
    CARDINALITY_MIN = "cardinality-min", Error, "required", "Required element missing",
        "The definition requires the element, or more of it. The finding stands on the parent, because what is missing has no place.",
        "add the element";
    CARDINALITY_MAX = "cardinality-max", Error, "structure", "Too many of an element",
        "The definition, usually a profile, allows fewer, or none at all.",
        "remove what is too much";
    CHOICE_TYPE_NOT_ALLOWED = "choice-type-not-allowed", Error, "structure", "Type not allowed for a choice",
        "An element such as `value[x]` appears under the name of one of its types. This type is not among those that the definition allows.",
        "use one of the types allowed";
    CHOICE_MULTIPLE = "choice-multiple", Error, "structure", "More than one type of a choice",
        "Of an element such as `value[x]` one type is used at a time (https://hl7.org/fhir/R4/formats.html#choice).",
        "keep one of them";
    PRIMITIVE_JSON_TYPE = "primitive-json-type", Error, "structure", "Primitive with the wrong JSON type",
        "Booleans are JSON booleans, numbers are JSON numbers, all other primitives are strings (https://hl7.org/fhir/R4/json.html#primitive).",
        "add or remove the quotes";
    PRIMITIVE_EMPTY = "primitive-empty", Error, "structure", "Empty string",
        "Strings are never empty in FHIR (https://hl7.org/fhir/R4/datatypes.html#string): an element that is absent is left out.",
        "leave the element out";
    PRIMITIVE_FORMAT = "primitive-format", Error, "value", "Value does not fit its type",
        "Each primitive type has a grammar (https://hl7.org/fhir/R4/datatypes.html#primitive); dates must also exist.",
        "write the value as the message says";
    PRIMITIVE_WHITE_SPACE = "primitive-white-space", Warning, "value", "White space around a string",
        "White space at either end of a string is allowed, but gets lost in other formats and breaks comparisons (https://hl7.org/fhir/R4/datatypes.html#string).",
        "trim the string";
    PRIMITIVE_CONTROL_CHARACTER = "primitive-control-character", Warning, "value", "Control character in text",
        "Strings should have no characters below U+0020 other than tab, line feed and carriage return (https://hl7.org/fhir/R4/datatypes.html#string): the XML form cannot carry them.",
        "remove the character";
    PRIMITIVE_BIDIRECTIONAL = "primitive-bidirectional", Warning, "value", "Direction of text left open",
        "Controls of bidirectional text that are opened and not closed show what follows in another order than it is read, which has been used to deceive (CVE-2021-42574).",
        "close each control, or remove it";
    PRIMITIVE_YEAR = "primitive-year", Warning, "value", "Unusual year",
        "The date exists, but its year is before 1800 or after 2200, which is a slip more often than a date.",
        "check the year";
    PRIMITIVE_PRECISION = "primitive-precision", Warning, "value", "More digits than implementations keep",
        "Implementations keep at least 18 significant digits of a decimal (https://hl7.org/fhir/R4/datatypes.html#decimal); more may be lost.",
        "round the number";
    PRIMITIVE_BASE64_WHITE_SPACE = "primitive-encoding-white-space", Warning, "value", "White space in base64",
        "R4's expression allows white space between groups, RFC 4648 does not, and later versions of FHIR forbid it (https://hl7.org/fhir/R4/datatypes.html#base64Binary).",
        "remove the white space";
    PRIMITIVE_EXAMPLE_URL = "primitive-example-url", Error, "value", "URL of a domain for examples",
        "Domains such as example.org are reserved for documentation (RFC 2606). The caller asked that no such URL stand in the data.",
        "write the real URL";
    PRIMITIVE_CANONICAL_RELATIVE = "primitive-canonical-relative", Warning, "value", "Canonical URL that is relative",
        "Canonical URLs are never relative: they are absolute, or a fragment `#id` (https://hl7.org/fhir/R4/datatypes.html#canonical). FHIR's own examples break this, so it is a warning.",
        "write the URL that the definition has in its `url`";
    PRIMITIVE_INTERNAL_LINK = "primitive-internal-link", Error, "not-found", "Link to nothing in the resource",
        "A URI `#id` leads to an element, a contained resource or a place in the narrative of the same resource (https://hl7.org/fhir/R4/references.html#canonical).",
        "correct the id, or add what it leads to";
    STRUCTURE_ID_DUPLICATE = "structure-id-duplicate", Error, "duplicate", "Two elements with the same id",
        "The id of an element is unique within its resource (https://hl7.org/fhir/R4/element-definitions.html#Element.id).",
        "give each its own id";
    STRUCTURE_ID_SPACE = "structure-id-space", Error, "value", "Space in the id of an element",
        "The id of an element is a string without spaces (https://hl7.org/fhir/R4/element-definitions.html#Element.id).",
        "remove the spaces";
    STRUCTURE_ID_EXTENDED = "structure-id-extended", Error, "structure", "Extension on the id of a resource",
        "The id of a resource is a plain string, the last part of its URL: its definition gives it the type System.String of FHIRPath, which has no extensions (https://hl7.org/fhir/R4/resource-definitions.html#Resource.id).",
        "remove `_id`";
    SECURITY_MARKUP = "security-markup", Information, "value", "Text that looks like HTML",
        "Text is shown as it is. Software that puts it into a page without escaping would run what is in it (https://hl7.org/fhir/R4/security.html#narrative). An error where security checks are asked for.",
        "remove the tags, or use the narrative";
    IDENTIFIER_SYSTEM_RELATIVE = "identifier-system-relative", Error, "code-invalid", "System of an identifier is not absolute",
        "`Identifier.system` is an absolute URI, such as a URL or `urn:oid:…` (https://hl7.org/fhir/R4/datatypes.html#Identifier): nobody else could know what a relative one means.",
        "write the absolute URI of the system";
    IDENTIFIER_VALUE_NOT_URI = "identifier-value-not-uri", Error, "code-invalid", "Identifier is not a URI",
        "The system `urn:ietf:rfc:3986` says that the value is a URI, with its scheme (https://hl7.org/fhir/R4/datatypes.html#Identifier).",
        "write the full URI, for example `urn:uuid:…`";
    IDENTIFIER_UUID_SYSTEM = "identifier-uuid-system", Warning, "code-invalid", "Specification of UUIDs as a system",
        "A UUID is a URI with the system `urn:ietf:rfc:3986` and a value `urn:uuid:…` (https://hl7.org/fhir/R4/datatypes.html#Identifier).",
        "use that system and form";
    ATTACHMENT_SIZE = "attachment-size", Error, "value", "Attachment of another size than stated",
        "`size` is the number of bytes before base64 (https://hl7.org/fhir/R4/datatypes.html#Attachment).",
        "correct or remove `size`";
    ATTACHMENT_HASH = "attachment-hash", Warning, "value", "Attachment with another hash than stated",
        "`hash` is the SHA-1 of the bytes before base64 (https://hl7.org/fhir/R4/datatypes.html#Attachment).",
        "correct or remove `hash`";
    OBSERVATION_BEST_PRACTICE = "observation-best-practice", Information, "business-rule", "Observation without subject, performer or time",
        "An Observation should say about whom it is, who made it and when it holds (https://hl7.org/fhir/R4/observation.html). No definition demands it, so it counts only where good practice is asked for.",
        "add what is known";
    META_SECURITY_DUPLICATE = "meta-security-duplicate", Error, "duplicate", "The same security label twice",
        "A label either holds for a resource or does not (https://hl7.org/fhir/R4/resource.html#Meta).",
        "keep one of them";
    VALUE_LENGTH = "value-length", Error, "value", "Text too long or too short",
        "The definition limits how many characters the value has, by `maxLength` or the extension `minLength` (https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.maxLength).",
        "shorten or complete the text";
    VALUE_RANGE = "value-range", Error, "value", "Value out of range",
        "The definition gives a smallest or largest value; quantities are compared after conversion of their units, and durations count from now (https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.minValue_x_).",
        "check the value";
    VALUE_DECIMAL_PLACES = "value-decimal-places", Error, "value", "Too many decimal places",
        "The definition limits the decimal places by the extension http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces.",
        "round the number";
    VALUE_REGEX = "value-regex", Error, "value", "Value of another form",
        "The definition gives a regular expression that the whole value matches, by the extension http://hl7.org/fhir/StructureDefinition/regex.",
        "write the value in the form that the definition describes";
    VALUE_SIZE = "value-size", Error, "too-long", "Data too large",
        "The definition limits the number of bytes by the extension http://hl7.org/fhir/StructureDefinition/maxSize.",
        "make the data smaller, or refer to them by a URL";
    VALUE_MIME_TYPE = "value-mime-type", Error, "value", "Media type not allowed",
        "The definition lists the media types that an attachment may have, by the extension http://hl7.org/fhir/StructureDefinition/mimeType.",
        "convert the data to one of these types";
    VALUE_FIXED = "value-fixed", Error, "value", "Not the fixed value",
        "The definition gives the one value that the element can have.",
        "write the value that the definition gives";
    VALUE_PATTERN = "value-pattern", Error, "value", "Pattern not met",
        "The definition gives a pattern, all of which must be there; more may be there.",
        "add what the pattern gives";
    INVARIANT_VIOLATED = "invariant-violated", Error, "invariant", "Invariant not met",
        "A definition states a rule for the element as a FHIRPath expression (https://hl7.org/fhir/R4/conformance-rules.html#constraints), and the data break it. The definition says whether that is an error or a warning; rules of good practice count as the caller says.",
        "change the data so that the rule holds";
    INVARIANT_FAILED = "invariant-failed", Error, "invariant", "Invariant that the data keep from being evaluated",
        "The FHIRPath expression of a rule asks for a single value or for one of a certain type, and the data give something else, so the rule cannot hold (http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections).",
        "change the data so that the rule can be evaluated and holds";
    BINDING_CODE_NOT_IN_VALUE_SET = "binding-code-not-in-value-set", Error, "code-invalid", "Code outside of a required value set",
        "The element is bound to a value set with strength required, or has a largest value set: other codes are not allowed (https://hl7.org/fhir/R4/terminologies.html#required).",
        "use a code of the value set";
    BINDING_CODE_NOT_IN_EXTENSIBLE = "binding-code-not-in-extensible", Information, "code-invalid", "Code outside of an extensible value set",
        "The element is bound to a value set with strength extensible: another code is allowed if none of the set fits (https://hl7.org/fhir/R4/terminologies.html#extensible), which only a person can tell.",
        "use a code of the value set if one fits";
    BINDING_CODE_UNKNOWN = "binding-code-unknown", Error, "code-invalid", "Code that its code system does not have",
        "A code is one of those that its code system defines, whatever the element is bound to (https://hl7.org/fhir/R4/datatypes.html#Coding). The code system is at hand with all its codes, and this one is not among them.",
        "check the code and the system";
    BINDING_CODE_INACTIVE = "binding-code-inactive", Warning, "business-rule", "Code that is not used any more",
        "The code system marks the code as retired or inactive (https://hl7.org/fhir/R4/codesystem-concept-properties.html).",
        "use the code that replaces it";
    BINDING_CODE_ABSTRACT = "binding-code-abstract", Warning, "business-rule", "Code that only groups others",
        "The code system marks the code as not selectable: it stands above the codes that are meant to be used (https://hl7.org/fhir/R4/codesystem-concept-properties.html).",
        "use a code below it";
    BINDING_DISPLAY_WRONG = "binding-display-wrong", Error, "invalid", "Display that the code system does not have",
        "`display` repeats what the code system calls the code; people read it, programs read the code, so the two must agree (https://hl7.org/fhir/R4/datatypes-definitions.html#Coding.display). White space and case do not matter; own words belong into `text`.",
        "write the display that the message names, or leave it out";
    BINDING_DISPLAY_LANGUAGE = "binding-display-language", Warning, "invalid", "Display in another language than the one wanted",
        "A display follows the rules of its code system, whose designations say what a code is called in which language (https://hl7.org/fhir/R4/datatypes-definitions.html#Coding.display). Wanted is the language that the caller names, or else the `language` of the resource. The display is right in another language, while the code system has one in the language wanted.",
        "write the display that the message names, or correct the `language`";
    BINDING_SYSTEM_MISSING = "binding-system-missing", Warning, "code-invalid", "Code without a system",
        "A code means something only together with its code system (https://hl7.org/fhir/R4/datatypes.html#Coding).",
        "add the `system`";
    BINDING_SYSTEM_RELATIVE = "binding-system-relative", Error, "code-invalid", "System that is no absolute URI",
        "`system` is the URI that identifies the code system: a URL, or a URN such as `urn:oid:…` (https://hl7.org/fhir/R4/datatypes-definitions.html#Coding.system).",
        "write the URI of the code system; an OID begins with `urn:oid:`";
    BINDING_SYSTEM_VALUE_SET = "binding-system-value-set", Error, "code-invalid", "Value set in place of a code system",
        "`system` names the code system that defines the code, never a value set that selects it (https://hl7.org/fhir/R4/datatypes-definitions.html#Coding.system).",
        "write the URI of the code system that the value set includes";
    BINDING_SYSTEM_SUPPLEMENT = "binding-system-supplement", Error, "code-invalid", "Supplement in place of a code system",
        "A supplement adds displays and properties to a code system and defines no codes (https://hl7.org/fhir/R4/codesystem.html#supplements).",
        "write the URI of the code system that it supplements";
    BINDING_SYSTEM_PAGE = "binding-system-page", Error, "code-invalid", "Web page in place of a code system",
        "`system` is the URI that the code system itself has as its `url`, not the page that describes it, nor a copy on the server where FHIR is built (https://hl7.org/fhir/R4/datatypes-definitions.html#Coding.system).",
        "write the URI that the page gives as the code system's";
    BINDING_SYSTEM_SCHEME = "binding-system-scheme", Error, "code-invalid", "`https` in the URI of a code system",
        "The URI of a code system is compared character by character (https://hl7.org/fhir/R4/datatypes.html#uri): with `https` it names another one, which does not exist.",
        "write `http:`";
    BINDING_SUBSTITUTE = "binding-substitute", Information, "informational", "Value set stood in for",
        "US Core binds race, ethnicity and sex to value sets that only a terminology server has. Their codes as far as HL7 has published them elsewhere are part of this validator (definitions/SOURCE.toml); answers that rest on them are marked once a document.",
        "load the value sets as a package to have the published ones used";
    BINDING_CHECK_DIGIT = "binding-check-digit", Warning, "code-invalid", "Wrong check digit",
        "The last digit of a LOINC number and of a SNOMED CT identifier is computed from the others. It does not fit, so a digit was mistyped or two were exchanged.",
        "look the code up again";
    BINDING_CODING_DUPLICATE = "binding-coding-duplicate", Warning, "duplicate", "The same code twice",
        "The codings of a CodeableConcept express one concept in different code systems (https://hl7.org/fhir/R4/datatypes.html#CodeableConcept); the same code twice adds nothing.",
        "remove one of them";
    BINDING_CODE_MISSING = "binding-code-missing", Error, "code-invalid", "Code required, only text given",
        "The element is bound to a value set with strength required: text alone is not enough.",
        "add a coding from the value set";
    REFERENCE_MALFORMED = "reference-malformed", Error, "value", "Malformed reference",
        "A literal reference is `Type/id`, `#id`, or an absolute URL or URN (https://hl7.org/fhir/R4/references.html#literal).",
        "write a reference of one of these forms, or use `identifier`";
    REFERENCE_CONTAINED_MISSING = "reference-contained-missing", Error, "not-found", "Contained resource missing",
        "A reference that begins with `#` leads to a contained resource of the same resource (ref-1).",
        "add the contained resource, or correct the id";
    REFERENCE_UNRESOLVED = "reference-unresolved", Error, "not-found", "Reference to no entry of the bundle",
        "A `urn:uuid:` means nothing outside of its bundle, so an entry must have it as `fullUrl` (https://hl7.org/fhir/R4/bundle.html#references).",
        "add the entry, or reference what is on the server";
    REFERENCE_AMBIGUOUS = "reference-ambiguous", Error, "duplicate", "Reference to several entries of the bundle",
        "Several entries have the `fullUrl` that the reference means, and it names no version, so it is open which one is meant (https://hl7.org/fhir/R4/bundle.html#references).",
        "name the version in the reference, or keep one of the entries";
    REFERENCE_TARGET_TYPE = "reference-target-type", Error, "structure", "Reference to a type that is not allowed",
        "The definition lists the types of resource that the reference may lead to.",
        "reference a resource of an allowed type";
    REFERENCE_TYPE_MISMATCH = "reference-type-mismatch", Error, "structure", "`Reference.type` contradicts the reference",
        "`type` repeats the type of the target and must agree with it (https://hl7.org/fhir/R4/references-definitions.html#Reference.type).",
        "correct or remove `type`";
    REFERENCE_TARGET_PROFILE = "reference-target-profile", Error, "structure", "Target does not conform to its profile",
        "The definition names the profiles that the target of the reference must conform to (https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.targetProfile).",
        "correct the target, or reference another one";
    REFERENCE_TARGET_MISSING = "reference-target-missing", Error, "not-found", "Reference to nothing",
        "Whoever was asked about the reference knows that there is no such resource.",
        "correct the reference, or create the resource first";
    REFERENCE_NOT_INCLUDED = "reference-not-included", Warning, "not-found", "Target not in the bundle",
        "A `urn:uuid:` means nothing outside of its bundle (https://hl7.org/fhir/R4/bundle.html#references). A collection or the result of a search may have left the entry out, but nobody else can find it.",
        "add the entry, or reference what is on the server";
    REFERENCE_AGGREGATION = "reference-aggregation", Error, "structure", "Target held in another way than allowed",
        "The definition says whether the target is contained, in the same bundle, or referenced elsewhere (https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.aggregation).",
        "put the target where the definition wants it";
    REFERENCE_VERSIONING = "reference-versioning", Error, "structure", "Reference with or without a version",
        "The definition says whether references name a version of their target (https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.versioning).",
        "add or remove `/_history/` with the version";
    EXTENSION_VALUE_AND_NESTED = "extension-value-and-nested", Error, "invariant", "Extension with value and nested extensions",
        "An extension has either a value or nested extensions (ext-1).",
        "keep one of them";
    EXTENSION_EMPTY = "extension-empty", Error, "invariant", "Extension without content",
        "An extension has either a value or nested extensions (ext-1).",
        "add the value, or remove the extension";
    EXTENSION_URL_RELATIVE = "extension-url-relative", Error, "value", "Extension with a relative URL",
        "The `url` of an extension is the canonical URL of its definition; only within a complex extension is it a plain name (https://hl7.org/fhir/R4/extensibility.html#Extension).",
        "write the canonical URL of the extension";
    EXTENSION_URL_VERSION = "extension-url-version", Error, "value", "Extension with a version in its URL",
        "The `url` of an extension is the canonical URL of its definition without a version (https://hl7.org/fhir/R4/extensibility.html#Extension).",
        "remove the version";
    EXTENSION_URL_OTHER = "extension-url-other", Error, "value", "URL of an extension names something else",
        "The `url` of an extension is the canonical URL of the StructureDefinition that defines the extension (https://hl7.org/fhir/R4/extensibility.html#Extension).",
        "write the canonical URL of the extension";
    EXTENSION_CONTEXT = "extension-context", Error, "extension", "Extension where it must not stand",
        "The definition of an extension lists the elements that may carry it (https://hl7.org/fhir/R4/defining-extensions.html#context).",
        "move it to an element that may carry it, or use another extension";
    EXTENSION_CONTEXT_INVARIANT = "extension-context-invariant", Error, "invariant", "Invariant of an extension's context not met",
        "The definition of an extension states what must hold of the element that carries it (https://hl7.org/fhir/R4/structuredefinition-definitions.html#StructureDefinition.contextInvariant).",
        "change the element as the message says, or remove the extension";
    EXTENSION_NESTED_UNKNOWN = "extension-nested-unknown", Error, "extension", "Part that a complex extension does not have",
        "A complex extension defines the extensions within it. A relative `url` names one of them (https://hl7.org/fhir/R4/defining-extensions.html#complex).",
        "correct the `url`, or remove the part";
    EXTENSION_UNKNOWN = "extension-unknown", Warning, "extension", "Extension without a loaded definition",
        "FHIR allows extensions that a receiver does not know, but what is in them cannot be checked.",
        "load the package that defines it, or trust its domain";
    EXTENSION_MODIFIER_UNKNOWN = "extension-modifier-unknown", Error, "extension", "Unknown modifier extension",
        "A modifier extension may turn the meaning of an element around. Whoever does not know it must not use the data (https://hl7.org/fhir/R4/extensibility.html#modifierExtension).",
        "load the package that defines it";
    EXTENSION_MODIFIER_MISPLACED = "extension-modifier-misplaced", Error, "extension", "Extension in the wrong member",
        "Its definition says whether an extension modifies meaning and stands in `modifierExtension`, or does not and stands in `extension`.",
        "move it to the other member";
    CONTAINED_NESTED = "contained-nested", Error, "invariant", "Contained resource contains another",
        "Contained resources do not contain resources (dom-2).",
        "put all contained resources into the outermost one";
    CONTAINED_ID_MISSING = "contained-id-missing", Error, "invariant", "Contained resource without id",
        "A contained resource is found by its id alone (https://hl7.org/fhir/R4/references.html#contained).",
        "give it an id";
    CONTAINED_ID_DUPLICATE = "contained-id-duplicate", Error, "duplicate", "Contained resources with the same id",
        "A contained resource is found by its id alone (https://hl7.org/fhir/R4/references.html#contained).",
        "give each its own id";
    CONTAINED_UNREFERENCED = "contained-unreferenced", Error, "invariant", "Contained resource that nothing refers to",
        "A contained resource is referred to from elsewhere in the resource, or refers to the resource itself (dom-3).",
        "refer to it, or remove it";
    CONTAINED_VERSION = "contained-version", Error, "invariant", "Contained resource with a version",
        "A contained resource has no life of its own, so neither a version nor a time of update (dom-4).",
        "remove `versionId` and `lastUpdated`";
    CONTAINED_SECURITY = "contained-security", Error, "invariant", "Contained resource with a security label",
        "The labels of the resource around it hold for a contained resource, too (dom-5).",
        "label the resource around it";
    BUNDLE_EXPECTED = "bundle-expected", Error, "structure", "Not a bundle",
        "Only bundles are pushed.",
        "put the resource into a transaction bundle";
    BUNDLE_TOTAL = "bundle-total", Error, "invariant", "Total where there was no search",
        "Only a searchset or a history has a `total` (bdl-1).",
        "remove `total`";
    BUNDLE_SEARCH = "bundle-search", Error, "invariant", "Search details where there was no search",
        "Only entries of a searchset have `search` (bdl-2).",
        "remove `search`";
    BUNDLE_REQUEST_MISSING = "bundle-request-missing", Error, "invariant", "Entry without request",
        "Each entry of a transaction, batch or history has a `request` (bdl-3).",
        "add `request` with `method` and `url`";
    BUNDLE_REQUEST_NOT_ALLOWED = "bundle-request-not-allowed", Error, "invariant", "Request where none is allowed",
        "Only entries of a transaction, batch or history have a `request` (bdl-3).",
        "remove `request`, or change the type of the bundle";
    BUNDLE_RESPONSE_MISSING = "bundle-response-missing", Error, "invariant", "Entry without response",
        "Each entry of a transaction-response, batch-response or history has a `response` (bdl-4).",
        "add `response` with `status`";
    BUNDLE_RESPONSE_NOT_ALLOWED = "bundle-response-not-allowed", Error, "invariant", "Response where none is allowed",
        "Only entries of a transaction-response, batch-response or history have a `response` (bdl-4).",
        "remove `response`, or change the type of the bundle";
    BUNDLE_ENTRY_EMPTY = "bundle-entry-empty", Error, "invariant", "Entry with nothing in it",
        "An entry has a resource, a request or a response (bdl-5).",
        "add the resource, or remove the entry";
    BUNDLE_RESOURCE_MISSING = "bundle-resource-missing", Error, "required", "Write request without resource",
        "POST, PUT and PATCH write what stands in the entry's `resource` (https://hl7.org/fhir/R4/http.html#trules).",
        "add the resource";
    BUNDLE_REQUEST_URL = "bundle-request-url", Error, "value", "Update without target",
        "PUT needs the id of the resource, or a search that finds it (https://hl7.org/fhir/R4/http.html#update).",
        "write `Type/id` or `Type?search`";
    BUNDLE_REQUEST_TYPE = "bundle-request-type", Error, "value", "Request and resource of different types",
        "The URL of the request names the type of the resource that is written.",
        "correct the URL";
    BUNDLE_REQUEST_ID = "bundle-request-id", Error, "value", "Update with another id than the resource's",
        "The body of an update has the id that the URL names, or else the server refuses it (https://hl7.org/fhir/R4/http.html#update).",
        "make the id of the resource and the URL agree";
    BUNDLE_IDENTITY_OVERLAP = "bundle-identity-overlap", Error, "duplicate", "Two changes of one resource in a transaction",
        "If the identities of resources overlap, a transaction fails (https://hl7.org/fhir/R4/http.html#trules).",
        "change each resource once";
    BUNDLE_FULL_URL_MISSING = "bundle-full-url-missing", Error, "required", "Entry without `fullUrl`",
        "Except in transactions and batches and the responses to them, each entry has a `fullUrl`, which is the identity of its resource (https://hl7.org/fhir/R4/bundle.html#bundle-unique).",
        "add the absolute URL of the resource, or a `urn:uuid:`";
    BUNDLE_FULL_URL_WITHOUT_ID = "bundle-full-url-without-id", Error, "value", "`fullUrl` of a server, resource without id",
        "A `fullUrl` that looks like a resource on a server ends with the type and id of the resource (https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl).",
        "give the resource its id, or use a `urn:uuid:`";
    BUNDLE_FULL_URL_CANONICAL = "bundle-full-url-canonical", Error, "value", "Canonical URL as `fullUrl`",
        "`fullUrl` is where the resource lies, consistent with its id; the canonical URL identifies it wherever it lies. They are the same only on the server that the canonical URL names, as `…/Type/id` (https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl).",
        "write the address on the server, or a `urn:uuid:`";
    BUNDLE_LINK_PAGE = "bundle-link-page", Error, "value", "Link to a page where there are none",
        "`first`, `previous`, `next` and `last` lead through the pages of a search or history (https://hl7.org/fhir/R4/http.html#paging).",
        "remove the link";
    BUNDLE_LINK_DUPLICATE = "bundle-link-duplicate", Error, "duplicate", "Two links with the same relation",
        "A bundle has one page before it, one after it, and one address of its own (https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.link).",
        "keep one of them";
    BUNDLE_SEARCH_SELF = "bundle-search-self", Warning, "value", "Search results without link `self`",
        "The link `self` says which search was executed (https://hl7.org/fhir/R4/search.html#conformance).",
        "add the link";
    BUNDLE_SEARCH_RESOURCE_MISSING = "bundle-search-resource-missing", Error, "required", "Search result without resource",
        "Each entry of a searchset has a resource that was found, included, or tells about the search (https://hl7.org/fhir/R4/search.html#return).",
        "add the resource";
    BUNDLE_SEARCH_ID = "bundle-search-id", Error, "required", "Search result without id",
        "What a search finds is on a server, and has an id (https://hl7.org/fhir/R4/resource.html#id).",
        "add the id";
    BUNDLE_SEARCH_TYPE = "bundle-search-type", Error, "value", "Match of another type than searched for",
        "A match has a type that the search in the link `self` asks for (https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.search.mode).",
        "correct the mode, for example to `include`";
    BUNDLE_SEARCH_OUTCOME = "bundle-search-outcome", Error, "value", "Outcome that is no OperationOutcome",
        "The mode `outcome` is for an OperationOutcome about the search (https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.search.mode).",
        "correct the mode";
    BUNDLE_REFERENCE_OUTSIDE = "bundle-reference-outside", Error, "not-found", "Document or message without what it refers to",
        "What a Composition refers to as subject, author, section entry and so on is part of the document (https://hl7.org/fhir/R4/documents.html#content), and the focus of a MessageHeader is part of the message.",
        "add the resource as an entry";
    BUNDLE_ENTRY_UNLINKED = "bundle-entry-unlinked", Error, "value", "Entry that nothing joins to the document",
        "A document has only what its Composition refers to, directly or indirectly, or what refers to that (https://hl7.org/fhir/R4/documents.html#content).",
        "refer to the entry from a section, or remove it";
    BUNDLE_ENTRY_BACKWARD = "bundle-entry-backward", Warning, "value", "Entry that the document does not lead to",
        "In R4 only Provenance is in a document because it refers to something there (https://hl7.org/fhir/R4/documents.html#content).",
        "refer to the entry from a section";
    BUNDLE_FULL_URL_DUPLICATE = "bundle-full-url-duplicate", Error, "duplicate", "Entries with the same `fullUrl`",
        "`fullUrl` is unique in a bundle, or else the versions differ (bdl-7). References could not tell the entries apart.",
        "give each entry its own `fullUrl`";
    BUNDLE_FULL_URL_RELATIVE = "bundle-full-url-relative", Error, "value", "Relative `fullUrl`",
        "`fullUrl` is an absolute URL or a URN such as `urn:uuid:…` (https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl).",
        "write the absolute URL";
    BUNDLE_FULL_URL_VERSION = "bundle-full-url-version", Error, "invariant", "`fullUrl` with a version",
        "`fullUrl` names a resource, not one of its versions (bdl-8).",
        "remove `/_history/…`";
    BUNDLE_FULL_URL_MISMATCH = "bundle-full-url-mismatch", Error, "value", "`fullUrl` contradicts the resource",
        "A RESTful `fullUrl` ends in the type and id of the resource (https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl).",
        "correct the `fullUrl` or the id";
    BUNDLE_DOCUMENT_COMPOSITION = "bundle-document-composition", Error, "invariant", "Document without Composition",
        "The first entry of a document is its Composition (bdl-11).",
        "put the Composition first";
    BUNDLE_DOCUMENT_IDENTIFIER = "bundle-document-identifier", Error, "invariant", "Document without identifier",
        "A document has an identifier with system and value (bdl-9).",
        "add the identifier";
    BUNDLE_DOCUMENT_TIMESTAMP = "bundle-document-timestamp", Error, "invariant", "Document without timestamp",
        "A document says when it was assembled (bdl-10).",
        "add `timestamp`";
    BUNDLE_MESSAGE_HEADER = "bundle-message-header", Error, "invariant", "Message without header",
        "The first entry of a message is its MessageHeader (bdl-12).",
        "put the MessageHeader first";
    SLICING_MIN = "slicing-min", Error, "required", "Too few items of a slice",
        "The profile divides the items of an element into slices and requires this one.",
        "add an item that belongs to the slice";
    SLICING_MAX = "slicing-max", Error, "structure", "Too many items of a slice",
        "The profile divides the items of an element into slices and allows fewer of this one.",
        "remove what is too much";
    SLICING_UNMATCHED = "slicing-unmatched", Error, "structure", "Item of no slice",
        "The profile divides the items of an element into slices and allows no others.",
        "change the item so that it belongs to a slice, or remove it";
    SLICING_AMBIGUOUS = "slicing-ambiguous", Error, "structure", "Item of more than one slice",
        "The slices of an element are told apart by their discriminators: an item belongs to one of them at most (https://hl7.org/fhir/R4/profiling.html#slicing).",
        "change the item so that it belongs to one slice";
    SLICING_ORDER = "slicing-order", Error, "structure", "Slices out of order",
        "The profile lists its slices in the order in which their items come, or wants items of no slice behind them (https://hl7.org/fhir/R4/profiling.html#slicing).",
        "put the items into the order of the slices";
    NARRATIVE_MALFORMED = "narrative-malformed", Error, "invariant", "Narrative is not XHTML",
        "`div` is one XHTML `div` element, well formed (https://hl7.org/fhir/R4/narrative.html; txt-1).",
        "correct the markup";
    NARRATIVE_ACTIVE = "narrative-active", Error, "invariant", "Narrative with forbidden markup",
        "A narrative has formatting only: no scripts, forms, frames, event handlers (https://hl7.org/fhir/R4/narrative.html; txt-1).",
        "remove the element or attribute";
    NARRATIVE_BLOCK = "narrative-block", Error, "invalid", "Block in a paragraph or in text",
        "XHTML has no lists, tables, or paragraphs within a paragraph, nor within elements of text such as `b`, `span` and `a` (https://hl7.org/fhir/R4/narrative.html#xhtml): readers would show it in another way.",
        "close the paragraph first";
    NARRATIVE_MISPLACED = "narrative-misplaced", Error, "invalid", "Element where it cannot stand",
        "Lists hold items, tables hold rows and rows hold cells, each only there; a link is in no other link, and a line break or an image has no content (https://hl7.org/fhir/R4/narrative.html#xhtml; HTML 4.0, chapters 9 to 12). Readers would show it in another way.",
        "put the element into the list, row or table that it belongs to";
    NARRATIVE_ENTITY = "narrative-entity", Error, "invalid", "Unknown entity",
        "The text of a narrative has the entities of XML and HTML, and numbered ones (https://hl7.org/fhir/R4/narrative.html#xhtml).",
        "write the character itself, or its number";
    NARRATIVE_ADDRESS = "narrative-address", Error, "invalid", "Malformed address of a link or image",
        "The address of a link or image is a URL (https://hl7.org/fhir/R4/narrative.html#images), and never empty.",
        "write the URL with its special characters escaped";
    NARRATIVE_LINK = "narrative-link", Error, "not-found", "Link to nothing in the resource",
        "An address `#id` in a narrative leads to an element, a place in the text or a contained resource (https://hl7.org/fhir/R4/narrative.html#id).",
        "correct the id, or add what it leads to";
    NARRATIVE_ID_DUPLICATE = "narrative-id-duplicate", Error, "duplicate", "Two places of a narrative with the same id",
        "Ids are unique within a narrative (https://hl7.org/fhir/R4/narrative.html#id), so that links and elements lead to one place.",
        "give each place its own id";
    NARRATIVE_LANGUAGE = "narrative-language", Warning, "invalid", "Language of the narrative not stated, or another",
        "Where a resource states its language, the narrative should have `lang` and `xml:lang` with the same (https://hl7.org/fhir/R4/narrative.html#lang).",
        "add `lang` and `xml:lang` to the `div`";
    NARRATIVE_EMPTY = "narrative-empty", Error, "invariant", "Empty narrative",
        "A narrative shows text or an image (txt-2).",
        "write the text, or remove the narrative";
    PROFILE_WRONG_TYPE = "profile-wrong-type", Error, "structure", "Profile of another type",
        "The resource claims, or is asked to meet, a profile that constrains another type.",
        "remove the claim, or name the right profile";
    PROFILE_RESOURCE_TYPE = "profile-resource-type", Error, "structure", "Resource of a type not allowed here",
        "The profile lists the types of resource that may stand there, for example in an entry of a bundle.",
        "put the resource elsewhere, or use another profile";
    PROFILE_NONE_MET = "profile-none-met", Error, "structure", "None of several profiles met",
        "The definition names several profiles for the value, of which it must meet at least one (https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.profile).",
        "change the value so that it meets the profile that is meant";
    PROFILE_NOT_LOADED = "profile-not-loaded", Error, "not-found", "Profile asked for is not loaded",
        "A profile that the caller asked for must be there. One that a resource merely claims is undecided instead.",
        "load the package that defines it";
}
