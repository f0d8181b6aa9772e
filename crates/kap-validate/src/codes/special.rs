//! Codes of the rules of single resource types.

kap_json::issue_codes! {
    CANONICAL_URL_RELATIVE = "canonical-url-relative", Error, "invalid", "Canonical URL that is not absolute",
        "`url` is an absolute URI that identifies the resource wherever it is used (https://hl7.org/fhir/R4/resource.html#canonical), also if it is contained in another one.",
        "write the whole URL, or a URN such as `urn:uuid:…`";
    GUIDE_DEPENDENCY = "guide-dependency", Error, "business-rule", "Package of a dependency named wrongly",
        "`packageId` is the name of an npm package and `version` its version (https://hl7.org/fhir/R4/implementationguide-definitions.html#ImplementationGuide.dependsOn). A version in `uri` says the same or is left out.",
        "correct the name or the version";
    OPERATION_CIRCULAR = "operation-circular", Error, "business-rule", "Operation based on itself",
        "`base` is another operation, of which this one is a constrained form (https://hl7.org/fhir/R4/operationdefinition-definitions.html#OperationDefinition.base).",
        "name the operation that this one constrains, or leave it out";
    CODE_SYSTEM_CONTENT = "code-system-content", Error, "business-rule", "Content does not fit what there is",
        "`content` says how much of the code system is here (https://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.content): no concepts if it is `not-present`; `supplement` goes with `supplements`.",
        "correct `content`, or what contradicts it";
    CODE_SYSTEM_COUNT = "code-system-count", Error, "invalid", "Wrong number of concepts",
        "`count` is the number of concepts of the whole code system (https://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.count).",
        "count again, children included";
    CODE_SYSTEM_DUPLICATE = "code-system-duplicate", Error, "business-rule", "Code defined twice",
        "Within a code system every code is defined once, whatever stands above it (csd-1).",
        "remove one of them";
    CODE_SYSTEM_PROPERTY = "code-system-property", Error, "business-rule", "Property declared wrongly",
        "The URI of a property, if it has one, is absolute; the properties that FHIR defines have a certain type (https://hl7.org/fhir/R4/codesystem.html#properties).",
        "correct the declaration";
    CODE_SYSTEM_PROPERTY_REPEATED = "code-system-property-repeated", Warning, "business-rule", "Property declared twice",
        "Concepts name a property by its code, and filters of value sets do so, too: with two of one code it is open which one is meant.",
        "keep one declaration";
    CODE_SYSTEM_UNDECLARED = "code-system-undeclared", Warning, "business-rule", "Property not declared",
        "Programs learn from `CodeSystem.property` what properties concepts have and what type they are of.",
        "declare the property";
    CODE_SYSTEM_PROPERTY_VALUE = "code-system-property-value", Error, "business-rule", "Property of another type than declared",
        "The value of a concept's property has the type that `CodeSystem.property.type` says (https://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.concept.property.value_x_).",
        "give the value the declared type";
    CODE_SYSTEM_UNKNOWN_CODE = "code-system-unknown-code", Error, "code-invalid", "Property leads to a code that is not there",
        "Properties such as `parent` name another concept of the code system; a Coding names one of the system it says.",
        "correct the code";
    CODE_SYSTEM_SUPPLEMENT = "code-system-supplement", Error, "business-rule", "Supplement to a concept that is not there",
        "A supplement adds designations and properties to concepts of another code system; it defines none (https://hl7.org/fhir/R4/codesystem.html#supplements).",
        "correct the code";
    CONCEPT_MAP_UNKNOWN_CODE = "concept-map-unknown-code", Error, "required", "Mapping of a code that is not there",
        "The codes of a group are those of its `source` and `target` (https://hl7.org/fhir/R4/conceptmap.html).",
        "correct the code, or the code system of the group";
    CONCEPT_MAP_NOT_IN_VALUE_SET = "concept-map-not-in-value-set", Error, "required", "Mapping of a code outside the value set",
        "A map with `source[x]` or `target[x]` maps the codes of these value sets (https://hl7.org/fhir/R4/conceptmap-definitions.html#ConceptMap.source_x_).",
        "correct the code, or the value set";
    SEARCH_PARAMETER_COMPONENTS = "search-parameter-components", Error, "business-rule", "Composite search parameter without parts",
        "A search parameter of type `composite` combines the values of others, which `component` lists (https://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.component).",
        "add the components";
    SEARCH_PARAMETER_DERIVED = "search-parameter-derived", Error, "business-rule", "Not derived from what it names",
        "A search parameter with `derivedFrom` has the type of the one that it names, and no base that it lacks (https://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.derivedFrom).",
        "take over type and bases, or leave `derivedFrom` out";
    SEARCH_PARAMETER_DERIVED_EXPRESSION = "search-parameter-derived-expression", Warning, "business-rule", "Searches elsewhere than what it derives from",
        "The expression of a search parameter with `derivedFrom` selects what the expression of the one that it names selects, or a part of it (https://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.derivedFrom).",
        "use paths of the other expression, or leave `derivedFrom` out";
    CAPABILITY_SEARCH_TYPE = "capability-search-type", Error, "invalid", "Search parameter of another type",
        "The type that a CapabilityStatement gives for a search parameter is the one that its definition has (https://hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.rest.resource.searchParam.type).",
        "give the type that the definition has";
    SEARCH_PARAMETER_CODE = "search-parameter-code", Warning, "business-rule", "Code that cannot be used in a search",
        "The code is the name of the parameter in a URL, where `$`, `|`, `,`, `:` and `.` have a meaning of their own (https://hl7.org/fhir/R4/search.html).",
        "use letters, digits and hyphens";
    VALUE_SET_SYSTEM = "value-set-system", Error, "invalid", "What is included is not a code system",
        "`compose.include.system` is the absolute URL of a code system (https://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.compose.include.system).",
        "give the URL of the code system; value sets belong into `valueSet`";
    VALUE_SET_SYSTEM_VERSION = "value-set-system-version", Warning, "business-rule", "Version in the URL of a code system",
        "`compose.include.system` is the URL of a code system and no canonical with a version; programs will not find `url|version`.",
        "put the version into `version`";
    VALUE_SET_UNKNOWN_CODE = "value-set-unknown-code", Error, "business-rule", "Included code is not there",
        "The code system that is included, all of which is at hand, has no such code.",
        "correct the code";
    VALUE_SET_FILTER = "value-set-filter", Error, "invalid", "Filter does not fit",
        "What a filter compares with depends on its operator (https://hl7.org/fhir/R4/valueset-filter-operator.html): a code of the code system for hierarchies, `true` or `false` for `exists`.",
        "correct the value";
    VALUE_SET_TOTAL = "value-set-total", Warning, "invalid", "Expansion with more than its total",
        "`expansion.total` is how many concepts the whole expansion has.",
        "correct the total";
    DEFINITION_CIRCULAR = "definition-circular", Warning, "business-rule", "Definition derives from itself",
        "A definition cannot be worked out from itself.",
        "name the definition that this one builds on";
    DEFINITION_DERIVATION = "definition-derivation", Error, "not-found", "Kind or type does not fit the base",
        "A profile (`derivation` `constraint`) has the kind and the type of its base; a new type (`specialization`) has a name of its own (https://hl7.org/fhir/R4/structuredefinition-definitions.html#StructureDefinition.derivation).",
        "correct `kind`, `type`, `derivation` or `baseDefinition`";
    DEFINITION_PATH = "definition-path", Error, "not-found", "Path outside the type",
        "Every path begins with the type that is defined or constrained (https://hl7.org/fhir/R4/elementdefinition.html#path).",
        "begin the path with the type";
    DEFINITION_UNKNOWN_ELEMENT = "definition-unknown-element", Error, "exception", "Constraint on an element that is not there",
        "A differential constrains elements that the base has (https://hl7.org/fhir/R4/profiling.html#snapshot). The finding stands on the definition, of which no snapshot can be made.",
        "correct the path; what the base does not have is an extension";
    DEFINITION_CARDINALITY = "definition-cardinality", Error, "exception", "Cardinality wider than in the base",
        "A profile narrows cardinalities: what the base requires stays required, and no more are allowed than there (https://hl7.org/fhir/R4/profiling.html#cardinality).",
        "stay within the cardinality of the base";
    DEFINITION_ROOT = "definition-root", Error, "invalid", "Not allowed on the outermost element",
        "The outermost element stands for the whole resource or type: it is not sliced and has no value (https://hl7.org/fhir/R4/elementdefinition.html#interpretation).",
        "move it to an element below";
    DEFINITION_SLICING = "definition-slicing", Error, "not-found", "Slicing of an element that cannot be sliced",
        "Only elements that repeat or have a choice of types can be sliced (https://hl7.org/fhir/R4/profiling.html#slicing).",
        "remove the slicing";
    DEFINITION_TYPE = "definition-type", Error, "exception", "Type that the base does not allow, or none",
        "A profile leaves out types that the base has and adds none (https://hl7.org/fhir/R4/profiling.html#differential). In a snapshot every element but the outermost has a type or a content reference.",
        "use a type of the base";
    DEFINITION_VALUE = "definition-value", Error, "exception", "Fixed value or pattern of another type",
        "`fixed[x]` and `pattern[x]` have a type of the element (https://hl7.org/fhir/R4/elementdefinition.html#fixed).",
        "give the value the type of the element";
    DEFINITION_TYPE_PROFILE = "definition-type-profile", Error, "exception", "Profile does not fit the type",
        "`type.profile` constrains the type that stands beside it, and `type.targetProfile` is a resource or a profile of one (https://hl7.org/fhir/R4/elementdefinition.html#type).",
        "name a profile of that type";
    DEFINITION_LIMIT = "definition-limit", Error, "business-rule", "Limit that the type does not have",
        "`maxLength` counts characters, `minValue[x]` and `maxValue[x]` are for types with an order (https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.minValue_x_).",
        "remove the limit";
    DEFINITION_NOT_IN_PROFILE = "definition-not-in-profile", Error, "not-found", "Not for profiles",
        "`meaningWhenMissing` belongs to the definition of an element; a profile cannot add or change it (https://hl7.org/fhir/R4/elementdefinition.html#interpretation).",
        "remove it";
    DEFINITION_TYPE_NAME = "definition-type-name", Error, "invalid", "Type that FHIR does not have",
        "A type is the name of one of FHIR's types; only logical models define types of their own, and these have absolute URLs (https://hl7.org/fhir/R4/structuredefinition-definitions.html#StructureDefinition.type).",
        "name the type that is constrained, or write the URL of the logical model";
    DEFINITION_BINDING = "definition-binding", Error, "invalid", "Binding that cannot be",
        "A value set is bound to elements of type code, Coding, CodeableConcept, Quantity, string or uri (https://hl7.org/fhir/R4/elementdefinition.html#ElementDefinition; eld-11). What a base binds with strength required stays so in what derives from it (https://hl7.org/fhir/R4/profiling.html#binding).",
        "remove the binding, constrain the type, or keep the strength";
    DEFINITION_DISCRIMINATOR = "definition-discriminator", Error, "invalid", "Discriminator that leads nowhere",
        "`discriminator.path` leads from the element that is sliced to what tells its slices apart (https://hl7.org/fhir/R4/profiling.html#discriminator).",
        "correct the path; `$this` is the element itself";
    DEFINITION_SLICES = "definition-slices", Error, "exception", "Slices that the base does not allow",
        "A profile slices what its base slices in the same way: closed slices stay closed, an order stays, and so do the discriminators (https://hl7.org/fhir/R4/profiling.html#slicing). The finding stands on the definition, of which no snapshot can be made.",
        "keep to the slices of the base";
    DEFINITION_CONSTRAINT = "definition-constraint", Error, "business-rule", "Invariant stated twice or for another definition",
        "The key of an invariant names one expression in a definition, which may be repeated; what a differential adds is the definition's own, so its `source` is left out or is the definition's URL (https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.constraint).",
        "give the invariant a key of its own, and leave `source` out";
    DEFINITION_CONTEXT = "definition-context", Error, "invalid", "Context of an extension is wrong",
        "Extensions, and only they, say where they may be used; a context of type `element` is the path of an element (https://hl7.org/fhir/R4/defining-extensions.html#context).",
        "correct the path, or remove the context";
    DEFINITION_EXTENSION_URL = "definition-extension-url", Error, "invalid", "URL of an extension is not fixed",
        "What ties an extension to its definition is its `url`, so the definition fixes it to its own (https://hl7.org/fhir/R4/defining-extensions.html).",
        "add `fixedUri` with the URL of the definition to `Extension.url`";
    MEASURE_CODE_MISSING = "measure-code-missing", Warning, "required", "Part of a Measure without a code",
        "Reports name groups, populations, stratifiers and components by their codes (https://hl7.org/fhir/R4/measurereport.html). Where there are several, one without a code cannot be reported on.",
        "give it a code";
    MEASURE_EMPTY_GROUP = "measure-empty-group", Warning, "required", "Group without a population",
        "A group of a Measure says which populations are counted.",
        "add a population";
    MEASURE_REPORT_CODE_MISSING = "measure-report-code-missing", Error, "business-rule", "Part of a report without a code",
        "The code says which group, population or stratifier of the Measure is reported (https://hl7.org/fhir/R4/measurereport.html).",
        "repeat the code of the Measure";
    MEASURE_REPORT_UNKNOWN_CODE = "measure-report-unknown-code", Error, "business-rule", "Part that the Measure does not have",
        "Groups, populations and stratifiers of a report are those of the Measure, by code.",
        "use the codes of the Measure, in the version that was evaluated";
    MEASURE_REPORT_CODE_DUPLICATE = "measure-report-code-duplicate", Error, "business-rule", "Part reported twice",
        "Each group, population or stratifier of the Measure is reported once.",
        "keep one of them";
    MEASURE_REPORT_PART_MISSING = "measure-report-part-missing", Error, "business-rule", "Part of the Measure not reported",
        "A complete report has every group, population and stratifier of the Measure. The finding stands on what should hold the part.",
        "add the part, or set the status to `pending`";
    MEASURE_REPORT_SUBJECTS = "measure-report-subjects", Error, "business-rule", "List of subjects does not fit",
        "`subjectResults` lists the subjects of a population in reports of type `subject-list`, as many as `count` says.",
        "correct the type, the count or the list";
    MEASURE_REPORT_SCORE = "measure-report-score", Error, "business-rule", "Score does not fit the scoring",
        "`Measure.scoring` says what the score is: none for a cohort, a number from 0 to 1 without a unit for a proportion, a quantity for a ratio or a continuous variable (https://hl7.org/fhir/R4/valueset-measure-scoring.html).",
        "give the score the form that the Measure asks for";
    EXPRESSION_UNREADABLE = "expression-unreadable", Error, "invalid", "Expression is no FHIRPath",
        "Invariants, search parameters and expressions in the language `text/fhirpath` are FHIRPath (http://hl7.org/fhirpath/N1/).",
        "correct the expression";
    QUESTIONNAIRE_ENABLE_WHEN_TARGET = "questionnaire-enable-when-target", Error, "business-rule", "Condition on an item that is not there",
        "`enableWhen.question` is the `linkId` of another item of the same Questionnaire (https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen.question).",
        "name the `linkId` of the question that decides";
    QUESTIONNAIRE_ENABLE_WHEN_CIRCULAR = "questionnaire-enable-when-circular", Error, "business-rule", "Condition on the item itself",
        "An item that is enabled by its own answer, or by one below it, could never be answered first.",
        "let the condition ask another item";
    QUESTIONNAIRE_ENABLE_WHEN_LATER = "questionnaire-enable-when-later", Warning, "business-rule", "Condition on a later item",
        "Whoever fills in the form from top to bottom meets the dependent item before the one that enables it.",
        "move the question that decides before the items that depend on it";
    QUESTIONNAIRE_ENABLE_WHEN_TYPE = "questionnaire-enable-when-type", Warning, "business-rule", "Condition of another type than the answers",
        "`enableWhen.answer[x]` is compared with the answers to the question; with another type it never equals one.",
        "give the value the type of the question";
    QUESTIONNAIRE_VALUE_TYPE = "questionnaire-value-type", Warning, "business-rule", "Option or initial value of another type than the item",
        "Options and initial values are answers, so their type is consistent with the type of the item (https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.initial.value_x_).",
        "give the value the type of the item";
    QUESTIONNAIRE_DERIVED_ITEM = "questionnaire-derived-item", Error, "not-found", "Item that the original does not have",
        "With the derivation type `compliesWith` every item is one of the Questionnaire that this one is derived from.",
        "remove the item, or derive with `extends`";
    QUESTIONNAIRE_DERIVED_DIFFERS = "questionnaire-derived-differs", Error, "business-rule", "Item contradicts the original",
        "Responses to a derived Questionnaire can be read as responses to the original: its items keep their type, do not begin to repeat, stay required, take no longer answers and no other options.",
        "repeat what the original says, or narrow it";
    QUESTIONNAIRE_RESPONSE_UNNAMED = "questionnaire-response-unnamed", Information, "incomplete", "Response without a Questionnaire",
        "A response says in `questionnaire` which form it answers (https://hl7.org/fhir/R4/questionnaireresponse.html). Without it, its items cannot be held against any.",
        "name the Questionnaire, with its version";
    QUESTIONNAIRE_RESPONSE_PERIOD = "questionnaire-response-period", Warning, "business-rule", "Answered outside the Questionnaire's period",
        "`Questionnaire.effectivePeriod` says when a form is meant to be used; `authored` lies before or after it.",
        "check the date, or answer the form that is in use";
    QUESTIONNAIRE_RESPONSE_UNKNOWN_ITEM = "questionnaire-response-unknown-item", Error, "not-found", "Item that the Questionnaire does not have",
        "`linkId` ties every item of a response to one of the Questionnaire (https://hl7.org/fhir/R4/questionnaireresponse.html#link). There is none with this one.",
        "use a `linkId` of the Questionnaire, in the version that was answered";
    QUESTIONNAIRE_RESPONSE_MISPLACED_ITEM = "questionnaire-response-misplaced-item", Error, "structure", "Item in the wrong place",
        "The items of a response are nested like those of the Questionnaire: below the same group, or below the answers of the same question.",
        "move the item to where the Questionnaire has it";
    QUESTIONNAIRE_RESPONSE_ORDER = "questionnaire-response-order", Error, "structure", "Items in another order",
        "The items of a response come in the order of the Questionnaire (https://hl7.org/fhir/R4/questionnaireresponse.html).",
        "sort the items as the Questionnaire does";
    QUESTIONNAIRE_RESPONSE_ITEM_REPEATED = "questionnaire-response-item-repeated", Error, "invalid", "Item repeated",
        "An item may be there several times only if the Questionnaire says `repeats`.",
        "keep one of them";
    QUESTIONNAIRE_RESPONSE_ANSWER_REPEATED = "questionnaire-response-answer-repeated", Error, "invalid", "More than one answer",
        "A question takes several answers only if the Questionnaire says `repeats`.",
        "keep one of the answers";
    QUESTIONNAIRE_RESPONSE_REQUIRED = "questionnaire-response-required", Error, "required", "Required item not answered",
        "A completed or amended response answers every required item that is enabled (https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.required). The finding stands on what should hold the item.",
        "answer the item, or set the status to `in-progress`";
    QUESTIONNAIRE_RESPONSE_GROUP_EMPTY = "questionnaire-response-group-empty", Error, "invariant", "Required group without items",
        "A required group is answered by at least one item in it.",
        "answer an item of the group, or set the status to `in-progress`";
    QUESTIONNAIRE_RESPONSE_DUE = "questionnaire-response-due", Warning, "required", "Not answered yet",
        "The response is still being filled in; before it can be completed this item has to be answered.",
        "answer it before the status becomes `completed`";
    QUESTIONNAIRE_RESPONSE_OCCURRENCES = "questionnaire-response-occurrences", Error, "invalid", "Too few or too many repetitions",
        "The extensions `questionnaire-minOccurs` and `questionnaire-maxOccurs` say how often a group or an answer may be there.",
        "add or remove repetitions";
    QUESTIONNAIRE_RESPONSE_TEXT = "questionnaire-response-text", Error, "invalid", "Text differs from the Questionnaire's",
        "The text of an item is the question as it was asked, so it is the text of the Questionnaire's item or a translation of it.",
        "copy the text, or leave it out";
    QUESTIONNAIRE_RESPONSE_GROUP_ANSWER = "questionnaire-response-group-answer", Error, "structure", "Group with an answer",
        "Groups hold items, only questions have answers (https://hl7.org/fhir/R4/questionnaireresponse.html; qrs-1).",
        "answer the questions in the group";
    QUESTIONNAIRE_RESPONSE_DISPLAY_ANSWER = "questionnaire-response-display-answer", Error, "structure", "Displayed text with an answer",
        "An item of type `display` only shows text (https://hl7.org/fhir/R4/valueset-item-type.html); it has no answer.",
        "remove the answer";
    QUESTIONNAIRE_RESPONSE_ITEM_OUTSIDE_ANSWER = "questionnaire-response-item-outside-answer", Error, "structure", "Items directly below a question",
        "Items that belong to a question stand in its answers, since they ask more about one answer; only groups hold items themselves.",
        "move the items into `answer.item`";
    QUESTIONNAIRE_RESPONSE_DISABLED = "questionnaire-response-disabled", Error, "invalid", "Answer to a disabled item",
        "By `enableWhen` the item is not to be answered, given the other answers (https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen).",
        "remove the answer, or correct the answer that it depends on";
    QUESTIONNAIRE_RESPONSE_CONSTRAINT = "questionnaire-response-constraint", Error, "invariant", "Rule of the Questionnaire not met",
        "A Questionnaire can set rules in FHIRPath that complete responses must meet, each an error or a warning (https://hl7.org/fhir/R4/extension-questionnaire-constraint.html).",
        "correct the answers that the rule speaks of";
    QUESTIONNAIRE_RESPONSE_ANSWER_TYPE = "questionnaire-response-answer-type", Error, "invariant", "Answer of the wrong type",
        "The type of the Questionnaire's item says what type its answers have (https://hl7.org/fhir/R4/valueset-item-type.html).",
        "give the answer the type that the question asks for";
    QUESTIONNAIRE_RESPONSE_NOT_AN_OPTION = "questionnaire-response-not-an-option", Error, "invariant", "Answer is not an option",
        "The Questionnaire lists the possible answers in `answerOption`. Only an `open-choice` takes other text, as a string.",
        "answer with one of the options, with the same system and code";
    QUESTIONNAIRE_RESPONSE_NOT_IN_VALUE_SET = "questionnaire-response-not-in-value-set", Error, "code-invalid", "Answer is not in the value set",
        "The Questionnaire names in `answerValueSet` the codes that are possible answers.",
        "answer with a code of the value set";
    QUESTIONNAIRE_RESPONSE_EXCLUSIVE_OPTION = "questionnaire-response-exclusive-option", Error, "invariant", "Exclusive option beside others",
        "The extension `questionnaire-optionExclusive` marks an option, such as 'none of these', that is the only answer if it is chosen.",
        "keep either this answer or the others";
    QUESTIONNAIRE_RESPONSE_TEXT_OF_OPTION = "questionnaire-response-text-of-option", Warning, "invariant", "Text of an option instead of its code",
        "The text typed in is the display or code of an option. As text the answer will not be found by its code.",
        "answer with the option";
    QUESTIONNAIRE_RESPONSE_RANGE = "questionnaire-response-range", Error, "invariant", "Answer out of range",
        "The extensions `minValue`, `maxValue`, `sdc-questionnaire-minQuantity` and `sdc-questionnaire-maxQuantity` set the range of an answer.",
        "give an answer within the range";
    QUESTIONNAIRE_RESPONSE_INCOMPARABLE = "questionnaire-response-incomparable", Error, "invariant", "Quantity cannot be compared with its limit",
        "Two quantities can be compared only if both say their unit as a code of the same system.",
        "give system and code of the unit, here and in the Questionnaire";
    QUESTIONNAIRE_RESPONSE_DECIMAL_PLACES = "questionnaire-response-decimal-places", Error, "invariant", "Too many decimal places",
        "The extension `maxDecimalPlaces` limits the digits after the decimal point.",
        "round the answer";
    QUESTIONNAIRE_RESPONSE_LENGTH = "questionnaire-response-length", Error, "invariant", "Answer too short or too long",
        "`Questionnaire.item.maxLength` and the extension `minLength` limit the characters of an answer.",
        "shorten or complete the answer";
    QUESTIONNAIRE_RESPONSE_LINE_BREAK = "questionnaire-response-line-break", Warning, "invariant", "Line break in a one-line answer",
        "An item of type `string` asks for a short text; long ones with line breaks belong to type `text`.",
        "remove the line breaks";
    QUESTIONNAIRE_RESPONSE_FORMAT = "questionnaire-response-format", Error, "invariant", "Answer does not have the format asked for",
        "The extension `regex` gives a regular expression that the whole answer matches.",
        "write the answer in the format";
    QUESTIONNAIRE_RESPONSE_ATTACHMENT_TYPE = "questionnaire-response-attachment-type", Error, "required", "Attachment of a kind not allowed",
        "The extension `mimeType` lists the kinds of files that a question takes.",
        "attach a file of an allowed kind, and say so in `contentType`";
    QUESTIONNAIRE_RESPONSE_ATTACHMENT_SIZE = "questionnaire-response-attachment-size", Error, "required", "Attachment too large",
        "The extension `maxSize` limits the bytes of a file.",
        "attach a smaller file";
    QUESTIONNAIRE_RESPONSE_REFERENCE_TYPE = "questionnaire-response-reference-type", Error, "invariant", "Reference to a type not allowed",
        "The extension `questionnaire-referenceResource` lists the types of resources that an answer may refer to.",
        "refer to a resource of an allowed type";
    QUESTIONNAIRE_RESPONSE_UNIT = "questionnaire-response-unit", Error, "invariant", "Unit not allowed",
        "The extensions `questionnaire-unitOption` and `questionnaire-unitValueSet` say in which units a quantity may be given.",
        "use an allowed unit, with its system and code";
    DEFINITION_OBLIGATION = "definition-obligation", Error, "business-rule", "Obligation profile that says more",
        "A profile marked as an obligation profile adds obligations, cardinality and bindings to elements that its base has; it introduces neither structure nor slices (https://hl7.org/fhir/extensions/StructureDefinition-obligation-profile-flag.html).",
        "put the rest into another profile, or leave out the mark";
    STRUCTURE_MAP_DUPLICATE = "structure-map-duplicate", Error, "business-rule", "Name used twice in a map",
        "Groups are called by their names, and inputs used by theirs: within a map, or a group, each name is there once (https://hl7.org/fhir/R4/structuremap.html).",
        "rename one of them";
    STRUCTURE_MAP_GROUP = "structure-map-group", Error, "not-found", "Call of a group that is not there",
        "A rule calls, or a group extends, a group of the same map or of one that it imports (https://hl7.org/fhir/R4/structuremap-definitions.html#StructureMap.group.rule.dependent).",
        "correct the name, or import the map that has the group";
    STRUCTURE_MAP_LIST = "structure-map-list", Error, "business-rule", "Id of a list rule without `share`",
        "`listRuleId` is the id that rules with the list mode `share` have in common (https://hl7.org/fhir/R4/structuremap-definitions.html#StructureMap.group.rule.target.listRuleId).",
        "leave it out, or add the list mode";
    STRUCTURE_MAP_PARAMETERS = "structure-map-parameters", Error, "business-rule", "Wrong number of parameters",
        "Each transform takes certain parameters (https://hl7.org/fhir/R4/valueset-map-transform.html), each group as many as it has inputs.",
        "give the parameters that it takes";
    STRUCTURE_MAP_VARIABLE = "structure-map-variable", Error, "not-found", "Variable that is not known",
        "What a rule uses is an input of its group, or a variable that the rule itself, or one around it, has set before (https://hl7.org/fhir/R4/structuremap-definitions.html#StructureMap.group.rule.source.context).",
        "correct the name, or set the variable first";
}
