//! Our codes, and the ids that the reference validator gives to its messages about the same. One of ours may stand for
//! several of its, because it tells cases apart that need the same remedy, and the other way round.

/// The ids of the reference's messages about what `code` is about; none where the reference does not look, or names
/// its finding after something else, as it does with invariants (the URL of the definition, `#`, and the key).
pub fn message_ids(code: &str) -> &'static [&'static str] {
    TABLE
        .binary_search_by(|(known, _)| (*known).cmp(code))
        .map_or(&[], |at| TABLE[at].1)
}

/// Sorted by code. Ids that the reference has in a singular and a plural form stand without their ending.
#[rustfmt::skip]
static TABLE: &[(&str, &[&str])] = &[
    ("attachment-hash", &["TYPE_SPECIFIC_CHECKS_DT_ATT_HASH_MISMATCH"]),
    ("attachment-size", &["TYPE_SPECIFIC_CHECKS_DT_ATT_SIZE_CORRECT", "TYPE_SPECIFIC_CHECKS_DT_ATT_SIZE_INVALID"]),
    ("binding-code-abstract", &["ABSTRACT_CODE_NOT_ALLOWED"]),
    ("binding-code-inactive", &[
        "INACTIVE_CONCEPT_FOUND", "INACTIVE_CONCEPT_FOUND_ADD", "DEPRECATED_CONCEPT_FOUND",
        "STATUS_CODE_WARNING_CODE",
    ]),
    ("binding-code-missing", &[
        "Terminology_TX_Code_ValueSet", "Terminology_TX_NoValid_1_CC", "Terminology_TX_Binding_Missing",
        "Terminology_TX_Code_ValueSet_MISSING", "Terminology_TX_Code_ValueSetMax",
    ]),
    ("binding-code-not-in-extensible", &[
        "Terminology_TX_NoValid_2_CC", "Terminology_TX_NoValid_5", "Terminology_TX_NoValid_17",
        "Terminology_TX_Confirm_2_CC", "Terminology_TX_Confirm_5", "Terminology_TX_Code_ValueSet_Ext",
        "Terminology_TX_NoValid_13",
    ]),
    ("binding-code-not-in-value-set", &[
        "Terminology_TX_NoValid_1_CC", "Terminology_TX_NoValid_4", "Terminology_TX_NoValid_7",
        "Terminology_TX_NoValid_8", "Terminology_TX_NoValid_9", "Terminology_TX_NoValid_10",
        "Terminology_TX_NoValid_11", "Terminology_TX_NoValid_12", "Terminology_TX_NoValid_16",
        "Terminology_TX_NoValid_18", "Terminology_TX_Confirm_1_CC", "Terminology_TX_Confirm_4a",
        "None_of_the_provided_codes_are_in_the_value_set", "BINDING_MAX",
    ]),
    ("binding-code-unknown", &[
        "Unknown_Code_in", "Unknown_Code_in_Version", "UNKNOWN_CODE_IN_FRAGMENT", "Unknown_Code_in_Version_SCT",
    ]),
    ("binding-display-wrong", &[
        "Display_Name_for__should_be_one_of__instead_of", "Display_Name_WS_for__should_be_one_of__instead_of",
        "NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_ERR", "Terminology_TX_Display_Wrong",
    ]),
    ("binding-system-missing", &["TERMINOLOGY_TX_SYSTEM_NO_CODE", "Coding_has_no_system__cannot_validate"]),
    ("binding-system-page", &["TERMINOLOGY_TX_SYSTEM_WRONG_BUILD", "TERMINOLOGY_TX_SYSTEM_WRONG_HTML"]),
    ("binding-system-relative", &["Terminology_TX_System_Relative"]),
    ("binding-system-scheme", &["TERMINOLOGY_TX_SYSTEM_HTTPS"]),
    ("binding-system-supplement", &["CODESYSTEM_CS_NO_SUPPLEMENT"]),
    ("binding-system-value-set", &["Terminology_TX_System_ValueSet", "Terminology_TX_System_ValueSet2"]),
    ("bundle-document-composition", &[
        "Bundle_BUNDLE_Entry_Document", "Bundle_BUNDLE_Entry_NoFirst", "Bundle_BUNDLE_Entry_NoFirstResource",
        "http://hl7.org/fhir/StructureDefinition/Bundle#bdl-11",
    ]),
    ("bundle-document-identifier", &[
        "Bundle_BUNDLE_Entry_Document", "http://hl7.org/fhir/StructureDefinition/Bundle#bdl-9",
    ]),
    ("bundle-document-timestamp", &[
        "Bundle_Document_Date_Missing", "http://hl7.org/fhir/StructureDefinition/Bundle#bdl-10",
    ]),
    ("bundle-entry-backward", &["BUNDLE_BUNDLE_ENTRY_REVERSE_R4"]),
    ("bundle-entry-empty", &[
        "Bundle_BUNDLE_Entry_NoFirstResource", "http://hl7.org/fhir/StructureDefinition/Bundle#bdl-5",
    ]),
    ("bundle-entry-unlinked", &["Bundle_BUNDLE_Entry_Orphan_DOCUMENT", "Bundle_BUNDLE_Entry_Orphan_MESSAGE"]),
    ("bundle-full-url-canonical", &["Bundle_BUNDLE_Entry_Canonical"]),
    ("bundle-full-url-duplicate", &["http://hl7.org/fhir/StructureDefinition/Bundle#bdl-7"]),
    ("bundle-full-url-mismatch", &[
        "BUNDLE_ENTRY_URL_MATCHES_TYPE_ID", "BUNDLE_ENTRY_URL_MATCHES_NO_ID", "Bundle_BUNDLE_Entry_IdUrlMismatch",
        "Bundle_BUNDLE_Entry_MismatchIdUrl",
    ]),
    ("bundle-full-url-missing", &["BUNDLE_BUNDLE_ENTRY_FULLURL_REQUIRED", "Bundle_BUNDLE_Entry_NoFullUrl"]),
    ("bundle-full-url-relative", &["BUNDLE_ENTRY_URL_ABSOLUTE"]),
    ("bundle-full-url-version", &[
        "Bundle_BUNDLE_FullUrl_NeedVersion", "http://hl7.org/fhir/StructureDefinition/Bundle#bdl-8",
    ]),
    ("bundle-link-duplicate", &["BUNDLE_LINK_SEARCH_NO_DUPLICATES"]),
    ("bundle-link-page", &["BUNDLE_LINK_SEARCH_PROHIBITED"]),
    ("bundle-message-header", &[
        "Validation_BUNDLE_Message", "Bundle_BUNDLE_Entry_NoFirst",
        "http://hl7.org/fhir/StructureDefinition/Bundle#bdl-12",
    ]),
    ("bundle-reference-outside", &["Bundle_BUNDLE_Entry_NotFound"]),
    ("bundle-request-missing", &["http://hl7.org/fhir/StructureDefinition/Bundle#bdl-3"]),
    ("bundle-request-not-allowed", &["http://hl7.org/fhir/StructureDefinition/Bundle#bdl-3"]),
    ("bundle-response-missing", &["http://hl7.org/fhir/StructureDefinition/Bundle#bdl-4"]),
    ("bundle-response-not-allowed", &["http://hl7.org/fhir/StructureDefinition/Bundle#bdl-4"]),
    ("bundle-search", &["http://hl7.org/fhir/StructureDefinition/Bundle#bdl-2"]),
    ("bundle-search-id", &["BUNDLE_SEARCH_ENTRY_NO_RESOURCE_ID"]),
    ("bundle-search-outcome", &["BUNDLE_SEARCH_ENTRY_WRONG_RESOURCE_TYPE_OUTCOME"]),
    ("bundle-search-resource-missing", &["BUNDLE_SEARCH_ENTRY_NO_RESOURCE"]),
    ("bundle-search-self", &["BUNDLE_SEARCH_NOSELF"]),
    ("bundle-search-type", &[
        "BUNDLE_SEARCH_ENTRY_WRONG_RESOURCE_TYPE_MODE", "BUNDLE_SEARCH_ENTRY_WRONG_RESOURCE_TYPE_NO_MODE",
    ]),
    ("bundle-total", &["http://hl7.org/fhir/StructureDefinition/Bundle#bdl-1"]),
    ("canonical-url-relative", &[
        "TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE", "TYPE_SPECIFIC_CHECKS_CANONICAL_CONTAINED",
    ]),
    ("capability-search-type", &["CapabalityStatement_CS_SP_WrongType"]),
    ("cardinality-max", &["Validation_VAL_Profile_Maximum", "Validation_VAL_Profile_NotAllowed"]),
    ("cardinality-min", &[
        "Validation_VAL_Profile_Minimum", "Validation_VAL_Profile_Minimum_SLICE_EXT",
        "VALIDATION_VAL_PROFILE_MINIMUM_MAGIC", "Profile_VAL_MissingElement",
    ]),
    ("choice-multiple", &["Validation_VAL_Profile_Maximum"]),
    ("choice-type-not-allowed", &[
        "Validation_VAL_Profile_WrongType", "Validation_VAL_Profile_WrongType2", "Profile_VAL_NotAllowed",
        "Extension_EXT_Type", "Extension_PROF_Type",
    ]),
    ("code-system-content", &[
        "CODESYSTEM_CS_COUNT_NO_CONTENT_ALLOWED", "CODESYSTEM_CS_HL7_PRESENT_ELEMENT_SUPPL_MISSING",
        "CODESYSTEM_CS_HL7_PRESENT_ELEMENT_SUPPL_WRONG", "CODESYSTEM_CS_SUPP_NO_SUPP",
    ]),
    ("code-system-count", &["CODESYSTEM_CS_COUNT_COMPLETE_WRONG", "CODESYSTEM_CS_COUNT_FRAGMENT_WRONG"]),
    ("code-system-duplicate", &[
        "CODESYSTEM_DUPLICATE_CODE", "http://hl7.org/fhir/StructureDefinition/CodeSystem#csd-1",
    ]),
    ("code-system-property", &[
        "CODESYSTEM_PROPERTY_ABSOLUTE_URI", "CODESYSTEM_PROPERTY_URI_TYPE_MISMATCH",
        "CODESYSTEM_PROPERTY_URI_CODE_MISMATCH",
    ]),
    ("code-system-property-repeated", &["CODESYSTEM_PROPERTY_DUPLICATE_CODE", "CODESYSTEM_PROPERTY_DUPLICATE_URI"]),
    ("code-system-property-value", &["CODESYSTEM_PROPERTY_WRONG_TYPE"]),
    ("code-system-supplement", &["CODESYSTEM_CS_SUPP_INVALID_CODE"]),
    ("code-system-undeclared", &["CODESYSTEM_PROPERTY_UNDEFINED"]),
    ("code-system-unknown-code", &["CODESYSTEM_PROPERTY_BAD_INTERNAL_REFERENCE", "CODESYSTEM_PROPERTY_SYNONYM_CHECK"]),
    ("concept-map-not-in-value-set", &[
        "CONCEPTMAP_GROUP_SOURCE_CODE_INVALID_VS", "CONCEPTMAP_GROUP_TARGET_CODE_INVALID_VS",
    ]),
    ("concept-map-unknown-code", &["CONCEPTMAP_GROUP_SOURCE_CODE_INVALID", "CONCEPTMAP_GROUP_TARGET_CODE_INVALID"]),
    ("contained-id-duplicate", &["RESOURCE_DUPLICATE_CONTAINED_ID"]),
    ("contained-nested", &["http://hl7.org/fhir/StructureDefinition/DomainResource#dom-2"]),
    ("contained-security", &["http://hl7.org/fhir/StructureDefinition/DomainResource#dom-5"]),
    ("contained-unreferenced", &[
        "CONTAINED_ORPHAN_DOM3", "http://hl7.org/fhir/StructureDefinition/DomainResource#dom-3",
    ]),
    ("contained-version", &["http://hl7.org/fhir/StructureDefinition/DomainResource#dom-4"]),
    ("definition-binding", &["SD_ED_BIND_NO_BINDABLE"]),
    ("definition-cardinality", &["ERROR_GENERATING_SNAPSHOT"]),
    ("definition-circular", &["SD_CIRCULAR_DEFINITION", "Unable_to_find_base__for_"]),
    ("definition-constraint", &[
        "ED_INVARIANT_EXPRESSION_CONFLICT", "ED_INVARIANT_DIFF_NO_SOURCE", "ED_INVARIANT_KEY_ALREADY_USED",
    ]),
    ("definition-context", &[
        "SD_CONTEXT_SHOULD_ELEMENT_NOT_FOUND", "SD_NO_CONTEXT_WHEN_NOT_EXTENSION",
        "SD_NO_CONTEXT_INV_WHEN_NOT_EXTENSION",
    ]),
    ("definition-derivation", &[
        "SD_CONSTRAINED_KIND_NO_MATCH", "SD_CONSTRAINED_TYPE_NO_MATCH", "SD_DERIVATION_KIND_MISMATCH",
        "SD_MUST_HAVE_DERIVATION", "SD_SPECIALIZED_TYPE_MATCHES",
    ]),
    ("definition-discriminator", &["SD_PATH_NOT_VALID", "SD_PATH_ERROR"]),
    ("definition-extension-url", &["SD_EXTENSION_URL_MISMATCH", "SD_EXTENSION_URL_MISSING"]),
    ("definition-limit", &["SD_ILLEGAL_CHARACTERISTICS"]),
    ("definition-not-in-profile", &["SD_ELEMENT_NOT_IN_CONSTRAINT"]),
    ("definition-obligation", &["SD_OBGLIGATION_PROFILE_DERIVATION", "SD_OBGLIGATION_PROFILE_ILLEGAL"]),
    ("definition-path", &["SD_PATH_TYPE_MISMATCH"]),
    ("definition-root", &["SD_NO_SLICING_ON_ROOT", "SD_TABLE_PROHIBITED"]),
    ("definition-slices", &[
        "ERROR_GENERATING_SNAPSHOT", "Slicing_rules_on_differential__do_not_match_those_on_base___order___",
        "Slicing_rules_on_differential__do_not_match_those_on_base___rule___",
        "The_base_snapshot_marks_a_slicing_as_closed_but_the_differential_tries_to_extend_it_in__at__",
    ]),
    ("definition-slicing", &["SD_PATH_NO_SLICING", "Attempt_to_a_slice_an_element_that_does_not_repeat__from__in_"]),
    ("definition-type", &[
        "SD_NO_TYPES_OR_CONTENTREF", "VALIDATION_VAL_ILLEGAL_TYPE_CONSTRAINT",
        "StructureDefinition__at__illegal_constrained_type__from__in_",
    ]),
    ("definition-type-name", &["SD_TYPE_NOT_LOCAL", "SD_TYPE_NOT_LOGICAL"]),
    ("definition-type-profile", &[
        "SD_ED_TYPE_PROFILE_IS_MODIFIER", "SD_ED_TYPE_PROFILE_NOT_MODIFIER", "SD_ED_TYPE_PROFILE_WRONG",
        "SD_ED_TYPE_PROFILE_WRONG_TARGET", "SD_ED_TYPE_PROFILE_WRONG_TYPE",
    ]),
    ("definition-unknown-element", &["ERROR_GENERATING_SNAPSHOT", "ED_PATH_WRONG_TYPE_MATCH"]),
    ("definition-value", &["SD_VALUE_TYPE_IILEGAL", "SD_ELEMENT_FIXED_WRONG_TYPE"]),
    ("expression-unreadable", &[
        "ED_INVARIANT_EXPRESSION_ERROR", "ED_SEARCH_EXPRESSION_ERROR", "VALUESET_BAD_FILTER_EXPR_VALUE",
    ]),
    ("extension-context", &[
        "Extension_EXTP_Context_Wrong", "Extension_EXTM_Context_Wrong", "Extension_EXTP_Context_Wrong_VER",
        "Extension_EXTM_Context_Wrong_VER",
    ]),
    ("extension-context-invariant", &["Profile_EXT_Not_Here"]),
    ("extension-empty", &["Extension_EXT_Simple_ABSENT", "http://hl7.org/fhir/StructureDefinition/Extension#ext-1"]),
    ("extension-modifier-misplaced", &[
        "Extension_EXT_Modifier_Y", "Extension_EXT_Modifier_N", "Extension_EXT_Modifier_MismatchY",
        "Extension_EXT_Modifier_MismatchN",
    ]),
    ("extension-modifier-unknown", &["Extension_EXT_Unknown", "Extension_EXT_Unknown_NotHere"]),
    ("extension-nested-unknown", &["Extension_EXT_SubExtension_Invalid"]),
    ("extension-unknown", &[
        "Extension_EXT_Unknown", "Extension_EXT_Unknown_NotHere", "Extension_EXT_Url_NotFound",
        "Extension_EXT_SubExtension_Invalid",
    ]),
    ("extension-url-relative", &["Extension_EXT_URL_Absolute"]),
    ("extension-url-version", &[
        "EXT_VER_URL_NOT_ALLOWED", "EXT_VER_URL_REVERSION", "EXT_VER_URL_IGNORE", "EXT_VER_URL_NO_MATCH",
        "EXT_VER_URL_MISLEADING",
    ]),
    ("extension-value-and-nested", &[
        "Extension_EXT_Simple_WRONG", "http://hl7.org/fhir/StructureDefinition/Extension#ext-1",
    ]),
    ("guide-dependency", &[
        "IG_DEPENDENCY_CAN_VERSION_ALONE", "IG_DEPENDENCY_CAN_VERSION_ERROR", "IG_DEPENDENCY_INVALID_PACKAGEID",
        "IG_DEPENDENCY_INVALID_PACKAGE_VERSION",
    ]),
    ("identifier-system-relative", &["Type_Specific_Checks_DT_Identifier_System"]),
    ("identifier-uuid-system", &[
        "TYPE_SPECIFIC_CHECKS_DT_IDENTIFIER_IETF_SYSTEM_WRONG_1",
        "TYPE_SPECIFIC_CHECKS_DT_IDENTIFIER_IETF_SYSTEM_WRONG_2",
        "TYPE_SPECIFIC_CHECKS_DT_IDENTIFIER_IETF_SYSTEM_WRONG_3",
    ]),
    ("identifier-value-not-uri", &["TYPE_SPECIFIC_CHECKS_DT_IDENTIFIER_IETF_SYSTEM_VALUE"]),
    ("json-comment", &["JSON_COMMENTS_NOT_ALLOWED"]),
    ("json-duplicate-key", &["DUPLICATE_JSON_PROPERTY_KEY"]),
    ("json-literal", &["JSON_PROPERTY_VALUE_NO_QUOTES"]),
    ("json-missing-comma", &["JSON_COMMA_MISSING"]),
    ("json-quotes", &["JSON_PROPERTY_NO_QUOTES"]),
    ("json-trailing-comma", &["JSON_COMMA_EXTRA"]),
    ("measure-code-missing", &[
        "MEASURE_M_GROUP_CODE", "MEASURE_M_GROUP_POP_NO_CODE", "MEASURE_M_GROUP_STRATA_COMP_NO_CODE",
        "MEASURE_M_GROUP_STRATA_NO_CODE",
    ]),
    ("measure-empty-group", &["MEASURE_M_GROUP_POP"]),
    ("measure-report-code-duplicate", &[
        "MEASURE_MR_GRP_DUPL_CODE", "MEASURE_MR_GRP_POP_DUPL_CODE", "MEASURE_MR_GRP_STRAT_DUPL_CODE",
    ]),
    ("measure-report-code-missing", &[
        "MEASURE_MR_GRP_NO_CODE", "MEASURE_MR_GRP_POP_NO_CODE", "MEASURE_MR_GRP_STRAT_NO_CODE",
    ]),
    ("measure-report-part-missing", &[
        "MEASURE_MR_GRP_MISSING_BY_CODE", "MEASURE_MR_GRP_POP_MISSING_BY_CODE",
        "MEASURE_MR_GRP_STRAT_MISSING_BY_CODE",
    ]),
    ("measure-report-score", &[
        "MEASURE_MR_SCORE_PROHIBITED_MS", "MEASURE_MR_SCORE_PROHIBITED_RT", "MEASURE_MR_SCORE_REQUIRED",
        "MEASURE_MR_SCORE_UNIT_PROHIBITED", "MEASURE_MR_SCORE_UNIT_REQUIRED", "MEASURE_MR_SCORE_VALUE_INVALID_01",
        "MEASURE_MR_SCORE_VALUE_REQUIRED", "MEASURE_MR_SCORE_FIXED",
    ]),
    ("measure-report-subjects", &["MEASURE_MR_GRP_POP_COUNT_MISMATCH", "MEASURE_MR_GRP_POP_NO_SUBJECTS"]),
    ("measure-report-unknown-code", &[
        "MEASURE_MR_GRP_NO_WRONG_CODE", "MEASURE_MR_GRP_POP_UNK_CODE", "MEASURE_MR_GRP_STRAT_UNK_CODE",
        "MEASURE_MR_GRP_UNK_CODE",
    ]),
    ("meta-security-duplicate", &["Meta_RES_Security_Duplicate"]),
    ("narrative-active", &[
        "XHTML_XHTML_Element_Illegal", "XHTML_XHTML_Attribute_Illegal", "TYPE_SPECIFIC_CHECKS_DT_XHTML_ACTIVE_HREF",
    ]),
    ("narrative-address", &[
        "TYPE_SPECIFIC_CHECKS_DT_XHTML_EMPTY_HREF", "TYPE_SPECIFIC_CHECKS_DT_XHTML_LITERAL_HREF",
        "XHTML_XHTML_Image_Reference_Illegal", "XHTML_URL_DATA_DATA_INVALID", "XHTML_URL_DATA_NO_DATA",
        "XHTML_URL_EMPTY", "XHTML_URL_INVALID", "XHTML_URL_INVALID_CHARS",
    ]),
    ("narrative-block", &["XHTML_XHTML_BLOCK_IN_PARA", "XHTML_XHTML_ELEMENT_ILLEGAL_IN_PARA"]),
    ("narrative-empty", &["http://hl7.org/fhir/StructureDefinition/Narrative#txt-2"]),
    ("narrative-entity", &["XHTML_XHTML_Entity_Illegal"]),
    ("narrative-id-duplicate", &["XHTML_XHTML_DUPLICATE_IDS"]),
    ("narrative-language", &[
        "Language_XHTML_Lang_Different1", "Language_XHTML_Lang_Different2", "Language_XHTML_Lang_Missing1",
        "Language_XHTML_Lang_Missing2", "Language_XHTML_Lang_Missing3",
    ]),
    ("narrative-link", &[
        "Type_Specific_Checks_DT_XHTML_Resolve", "Type_Specific_Checks_DT_XHTML_Resolve_Img",
        "TEXT_LINK_DATA_NOT_FOUND", "TEXT_LINK_NO_ID",
    ]),
    ("narrative-malformed", &[
        "XHTML_XHTML_Name_Invalid", "XHTML_XHTML_NS_InValid", "XHTML_XHTML_Element_Illegal",
        "XHTML_XHTML_Attribute_Illegal", "XHTML_XHTML_Entity_Illegal", "XHTML_XHTML_DOCTYPE_ILLEGAL",
        "XHTML_XHTML_OUT_OF_PLACE", "Error_parsing_XHTML_", "http://hl7.org/fhir/StructureDefinition/Narrative#txt-1",
    ]),
    ("narrative-misplaced", &[
        "XHTML_XHTML_BAD_ELEMENT_TYPE", "XHTML_XHTML_ILLEGAL_CHILDREN", "XHTML_XHTML_NO_CHILDREN",
        "XHTML_XHTML_NO_RECURSION",
    ]),
    ("observation-best-practice", &[
        "All_observations_should_have_a_performer", "All_observations_should_have_a_subject",
        "All_observations_should_have_an_effectiveDateTime_or_an_effectivePeriod",
    ]),
    ("operation-circular", &["OPDEF_CIRCULAR_DEFINITION"]),
    ("primitive-bidirectional", &["UNICODE_BIDI_CONTROLS_CHARS_MATCH", "UNICODE_BIDI_CONTROLS_CHARS_DISALLOWED"]),
    ("primitive-canonical-relative", &["TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE"]),
    ("primitive-control-character", &["UNICODE_XML_BAD_CHARS"]),
    ("primitive-empty", &["Type_Specific_Checks_DT_Primitive_NotEmpty"]),
    ("primitive-encoding-white-space", &[
        "TYPE_SPECIFIC_CHECKS_DT_BASE64_NO_WS_ERROR", "TYPE_SPECIFIC_CHECKS_DT_BASE64_NO_WS_WARNING",
    ]),
    ("primitive-example-url", &["TYPE_SPECIFIC_CHECKS_DT_URL_EXAMPLE"]),
    ("primitive-format", &[
        "Type_Specific_Checks_DT_Base64_Valid", "Type_Specific_Checks_DT_Boolean_Value",
        "Type_Specific_Checks_DT_Code_WS", "Type_Specific_Checks_DT_DateTime_Reasonable",
        "Type_Specific_Checks_DT_DateTime_Regex", "Type_Specific_Checks_DT_DateTime_TZ",
        "Type_Specific_Checks_DT_DateTime_Valid", "Type_Specific_Checks_DT_Date_Valid",
        "Type_Specific_Checks_DT_Decimal_Range", "Type_Specific_Checks_DT_Decimal_Valid",
        "Type_Specific_Checks_DT_ID_Valid", "Type_Specific_Checks_DT_Instant_Valid",
        "Type_Specific_Checks_DT_Integer_GT", "Type_Specific_Checks_DT_Integer_LT",
        "Type_Specific_Checks_DT_Integer_LT0", "Type_Specific_Checks_DT_Integer_LT1",
        "Type_Specific_Checks_DT_Integer_Valid", "Type_Specific_Checks_DT_OID_Start",
        "Type_Specific_Checks_DT_OID_Valid", "Type_Specific_Checks_DT_Primitive_Regex",
        "Type_Specific_Checks_DT_Primitive_Regex_Type", "Type_Specific_Checks_DT_Time_Valid",
        "Type_Specific_Checks_DT_URI_OID", "Type_Specific_Checks_DT_URI_UUID", "Type_Specific_Checks_DT_URI_WS",
        "Type_Specific_Checks_DT_UUID_Strat", "Type_Specific_Checks_DT_UUID_Valid", "Resource_RES_ID_Malformed_Chars",
        "Resource_RES_ID_Malformed_Length", "Type_Specific_Checks_DT_String_Length",
    ]),
    ("primitive-internal-link", &["TYPE_SPECIFIC_CHECKS_DT_URL_INTERNAL"]),
    ("primitive-json-type", &[
        "Error_parsing_JSON_the_primitive_value_must_be_a_boolean",
        "Error_parsing_JSON_the_primitive_value_must_be_a_number",
        "Error_parsing_JSON_the_primitive_value_must_be_a_string", "This_property_must_be_an_simple_value_not_",
    ]),
    ("primitive-white-space", &[
        "Type_Specific_Checks_DT_String_WS", "Type_Specific_Checks_DT_String_WS_ALL",
        "Type_Specific_Checks_DT_Primitive_WS",
    ]),
    ("primitive-year", &["Type_Specific_Checks_DT_DateTime_Reasonable"]),
    ("profile-none-met", &[
        "Validation_VAL_Profile_NoMatch", "BUNDLE_BUNDLE_ENTRY_MULTIPLE_PROFILES_NO_MATCH",
        "BUNDLE_BUNDLE_ENTRY_MULTIPLE_PROFILES_NO_MATCH_REASON",
    ]),
    ("profile-not-loaded", &[
        "Validation_VAL_Profile_Unknown", "Validation_VAL_Unknown_Profile", "VALIDATION_VAL_PROFILE_UNKNOWN_ERROR",
        "VALIDATION_VAL_PROFILE_UNKNOWN_NOT_POLICY", "VALIDATION_VAL_PROFILE_UNKNOWN_ERROR_NETWORK",
    ]),
    ("profile-resource-type", &["Bundle_BUNDLE_Entry_Type", "Bundle_BUNDLE_Entry_Type2", "Bundle_BUNDLE_Entry_Type3"]),
    ("profile-wrong-type", &["Validation_VAL_Profile_WrongType", "Validation_VAL_Profile_WrongType2"]),
    ("questionnaire-derived-differs", &[
        "QUESTIONNAIRE_Q_ITEM_DERIVED_ANSWER_OPTIONS", "QUESTIONNAIRE_Q_ITEM_DERIVED_ANSWER_OPTIONS_NEW",
        "QUESTIONNAIRE_Q_ITEM_DERIVED_MAXLENGTH", "QUESTIONNAIRE_Q_ITEM_DERIVED_NC_MAXLENGTH",
        "QUESTIONNAIRE_Q_ITEM_DERIVED_NC_REPEATS", "QUESTIONNAIRE_Q_ITEM_DERIVED_NC_REQUIRED",
        "QUESTIONNAIRE_Q_ITEM_DERIVED_NC_TYPE",
    ]),
    ("questionnaire-derived-item", &["QUESTIONNAIRE_Q_ITEM_NOT_DERIVED"]),
    ("questionnaire-enable-when-circular", &["Questionnaire_Q_EnableWhen_IsInner", "Questionnaire_Q_EnableWhen_Self"]),
    ("questionnaire-enable-when-later", &["Questionnaire_Q_EnableWhen_After"]),
    ("questionnaire-enable-when-target", &["Questionnaire_Q_EnableWhen_NoTarget"]),
    ("questionnaire-response-answer-repeated", &["Questionnaire_QR_Item_OnlyOneA"]),
    ("questionnaire-response-answer-type", &["Questionnaire_QR_Item_WrongType", "Questionnaire_QR_Item_NoType"]),
    ("questionnaire-response-attachment-size", &["QUESTIONNAIRE_QR_ITEM_BAD_ATTACHMENT_LENGTH"]),
    ("questionnaire-response-attachment-type", &[
        "QUESTIONNAIRE_QR_ITEM_BAD_ATTACHMENT_MIMETYPE", "QUESTIONNAIRE_QR_ITEM_NOT_ATTACHMENT_MIMETYPE",
    ]),
    ("questionnaire-response-decimal-places", &["QUESTIONNAIRE_QR_ITEM_DECIMAL_MAX_DECIMALS"]),
    ("questionnaire-response-disabled", &["Questionnaire_QR_Item_NotEnabled", "Questionnaire_QR_Item_NotEnabled2"]),
    ("questionnaire-response-display-answer", &[
        "Questionnaire_QR_Item_Display", "QUESTIONNAIRE_QR_ITEM_DISPLAY_NO_VALUE",
    ]),
    ("questionnaire-response-due", &["Questionnaire_QR_Item_Missing"]),
    ("questionnaire-response-exclusive-option", &["QUESTIONNAIRE_QR_ITEM_EXCLUSIVE"]),
    ("questionnaire-response-format", &["QUESTIONNAIRE_QR_ITEM_STRING_REGEX", "QUESTIONNAIRE_QR_ITEM_STRING_REGEX_EF"]),
    ("questionnaire-response-group-answer", &["Questionnaire_QR_Item_GroupAnswer"]),
    ("questionnaire-response-group-empty", &["QUESTIONNAIRE_QR_ITEM_GROUP_REQUIRED"]),
    ("questionnaire-response-incomparable", &[
        "QUESTIONNAIRE_QR_ITEM_DECIMAL_CANNOT_COMPARE_MAX", "QUESTIONNAIRE_QR_ITEM_DECIMAL_CANNOT_COMPARE_MIN",
        "QUESTIONNAIRE_QR_ITEM_DECIMAL_CANNOT_COMPARE_MAX_UNITS",
        "QUESTIONNAIRE_QR_ITEM_DECIMAL_CANNOT_COMPARE_MIN_UNITS",
    ]),
    ("questionnaire-response-item-outside-answer", &["Questionnaire_QR_Item_Group"]),
    ("questionnaire-response-item-repeated", &["Questionnaire_QR_Item_OnlyOneI"]),
    ("questionnaire-response-length", &[
        "QUESTIONNAIRE_QR_ITEM_STRING_MAX_LENGTH", "QUESTIONNAIRE_QR_ITEM_STRING_MIN_LENGTH",
    ]),
    ("questionnaire-response-line-break", &["QUESTIONNAIRE_QR_ITEM_STRING_ILLEGAL_CHARS"]),
    ("questionnaire-response-misplaced-item", &["Questionnaire_QR_Item_NotFound"]),
    ("questionnaire-response-not-an-option", &[
        "Questionnaire_QR_Item_BadOption", "Questionnaire_QR_Item_NoCoding", "Questionnaire_QR_Item_NoDate",
        "Questionnaire_QR_Item_NoInteger", "Questionnaire_QR_Item_NoString", "Questionnaire_QR_Item_NoTime",
        "QUESTIONNAIRE_QR_ITEM_NODECIMAL", "Questionnaire_QR_Item_NoOptionsCoding",
        "Questionnaire_QR_Item_NoOptionsDate", "Questionnaire_QR_Item_NoOptionsInteger",
        "Questionnaire_QR_Item_NoOptionsString", "Questionnaire_QR_Item_NoOptionsTime",
    ]),
    ("questionnaire-response-not-in-value-set", &[
        "QUESTIONNAIRE_QR_ITEM_BADOPTION_CS", "Questionnaire_QR_Item_NoOptions", "QUESTIONNAIRE_QR_ITEM_VS_BAD",
        "Questionnaire_QR_Item_BadOption", "QUESTIONNAIRE_QR_ITEM_VS_FAIL",
    ]),
    ("questionnaire-response-occurrences", &["QUESTIONNAIRE_QR_ITEM_MAX_OCCURS", "QUESTIONNAIRE_QR_ITEM_MIN_OCCURS"]),
    ("questionnaire-response-order", &["Questionnaire_QR_Item_Order"]),
    ("questionnaire-response-period", &["QUESTIONNAIRE_QR_AUTHOR_END", "QUESTIONNAIRE_QR_AUTHOR_START"]),
    ("questionnaire-response-range", &[
        "QUESTIONNAIRE_QR_ITEM_DATE_MAX", "QUESTIONNAIRE_QR_ITEM_DATE_MIN", "QUESTIONNAIRE_QR_ITEM_DECIMAL_MAX",
        "QUESTIONNAIRE_QR_ITEM_DECIMAL_MIN", "QUESTIONNAIRE_QR_ITEM_INTEGER_MAX", "QUESTIONNAIRE_QR_ITEM_INTEGER_MIN",
        "QUESTIONNAIRE_QR_ITEM_QUANTITY_MAX", "QUESTIONNAIRE_QR_ITEM_QUANTITY_MIN", "QUESTIONNAIRE_QR_ITEM_TIME_MAX",
        "QUESTIONNAIRE_QR_ITEM_TIME_MIN",
    ]),
    ("questionnaire-response-reference-type", &[
        "QUESTIONNAIRE_QR_ITEM_REF_INVALID", "QUESTIONNAIRE_QR_ITEM_REF_INVALID_GENERAL",
        "QUESTIONNAIRE_QR_ITEM_REF_CANT",
    ]),
    ("questionnaire-response-required", &["Questionnaire_QR_Item_Missing"]),
    ("questionnaire-response-text", &["Questionnaire_QR_Item_Text"]),
    ("questionnaire-response-text-of-option", &["QUESTIONNAIRE_QR_ITEM_STRING_IN_CODING"]),
    ("questionnaire-response-unit", &[
        "QUESTIONNAIRE_QR_ITEM_DECIMAL_INVALID_UNITS", "QUESTIONNAIRE_QR_ITEM_DECIMAL_INVALID_UNIT_VS",
        "QUESTIONNAIRE_QR_ITEM_DECIMAL_UNIT_FAIL_VS",
    ]),
    ("questionnaire-response-unknown-item", &["Questionnaire_QR_Item_NotFound", "Questionnaire_QR_Item_NoLinkId"]),
    ("questionnaire-response-unnamed", &["Questionnaire_QR_Q_None"]),
    ("reference-aggregation", &["Reference_REF_Aggregation"]),
    ("reference-ambiguous", &[
        "Bundle_BUNDLE_MultipleMatches", "BUNDLE_BUNDLE_ENTRY_FOUND_MULTIPLE",
        "BUNDLE_BUNDLE_ENTRY_FOUND_MULTIPLE_FRAGMENT",
    ]),
    ("reference-contained-missing", &[
        "http://hl7.org/fhir/StructureDefinition/Reference#ref-1", "Reference_REF_CantResolve",
    ]),
    ("reference-malformed", &[
        "Reference_REF_Format1", "Reference_REF_Format2", "REFERENCE_REF_INVALID_REF", "REFERENCE_REF_QUERY_INVALID",
    ]),
    ("reference-not-included", &["Bundle_BUNDLE_Not_Local"]),
    ("reference-target-missing", &["Reference_REF_CantResolve"]),
    ("reference-target-profile", &[
        "Reference_REF_CantMatchChoice", "Reference_REF_CantResolveProfile", "Reference_REF_MultipleMatches",
    ]),
    ("reference-target-type", &[
        "Reference_REF_BadTargetType", "Reference_REF_BadTargetType2", "Reference_REF_CantMatchType",
        "Reference_REF_WrongTarget", "TYPE_SPECIFIC_CHECKS_DT_CANONICAL_TYPE", "REFERENCE_REF_WRONGTARGET_LOAD",
        "SD_ED_BIND_NOT_VS", "CONCEPTMAP_VS_NOT_A_VS", "VALUESET_REFERENCE_INVALID_TYPE",
    ]),
    ("reference-type-mismatch", &[
        "Reference_REF_BadTargetType2", "Reference_REF_ResourceType", "Reference_REF_NoType",
    ]),
    ("reference-unresolved", &[
        "Reference_REF_NotFound_Bundle", "Reference_REF_CantResolve", "REFERENCE_REF_REL_UNSOLVEABLE",
        "BUNDLE_BUNDLE_ENTRY_NOTFOUND_APPARENT", "BUNDLE_BUNDLE_ENTRY_NOTFOUND_CANNOT", "Bundle_BUNDLE_Not_Local",
    ]),
    ("search-parameter-code", &["SEARCHPARAMETER_BAD_CHAR"]),
    ("search-parameter-components", &["SEARCHPARAMETER_MISSING_COMPONENTS"]),
    ("search-parameter-derived", &["SEARCHPARAMETER_BASE_WRONG", "SEARCHPARAMETER_TYPE_WRONG"]),
    ("search-parameter-derived-expression", &["SEARCHPARAMETER_EXP_WRONG"]),
    ("security-markup", &[
        "SECURITY_STRING_CONTENT_ERROR", "SECURITY_STRING_CONTENT_WARNING", "TYPE_SPECIFIC_CHECKS_DT_MARKDOWN_HTML",
    ]),
    ("signature-certificate-missing", &[
        "BUNDLE_SIGNATURE_HEADER_NO_KID_OR_CERT", "BUNDLE_SIGNATURE_HEADER_CERT_NOT_FOUND",
    ]),
    ("signature-content", &["BUNDLE_SIGNATURE_PAYLOAD_MISMATCH", "BUNDLE_SIGNATURE_PAYLOAD_BASE64_DIFF"]),
    ("signature-data", &["BUNDLE_SIGNATURE_CHECKED_DATA_B64", "BUNDLE_SIGNATURE_NOT_CHECKED_DATA_B64"]),
    ("signature-format", &["BUNDLE_SIGNATURE_NO_SIG_FORMAT"]),
    ("signature-header", &[
        "BUNDLE_SIGNATURE_HEADER_PARSE", "BUNDLE_SIGNATURE_HEADER_X509_ERROR",
        "BUNDLE_SIGNATURE_HEADER_SIG_TIME_WRONG_FORMAT", "BUNDLE_SIGNATURE_PAYLOAD_INVALID",
        "BUNDLE_SIGNATURE_SIG_INVALID",
    ]),
    ("signature-invalid", &[
        "BUNDLE_SIGNATURE_SIG_FAIL_CERT", "BUNDLE_SIGNATURE_SIG_FAIL_CERT_ID", "BUNDLE_SIGNATURE_SIG_FAIL_KID",
        "BUNDLE_SIGNATURE_SIG_ERROR",
    ]),
    ("signature-payload", &["BUNDLE_SIGNATURE_PAYLOAD_PRESENT"]),
    ("signature-time", &["BUNDLE_SIGNATURE_HEADER_WHEN_MISMATCH"]),
    ("signature-time-missing", &["BUNDLE_SIGNATURE_HEADER_NO_SIG_TIME"]),
    ("slicing-ambiguous", &["Validation_VAL_Profile_MatchMultiple"]),
    ("slicing-max", &["Validation_VAL_Profile_Maximum"]),
    ("slicing-min", &["Validation_VAL_Profile_Minimum_SLICE", "Validation_VAL_Profile_Minimum"]),
    ("slicing-order", &[
        "Validation_VAL_Profile_OutOfOrder", "Validation_VAL_Profile_SliceOrder",
        "Named_items_are_out_of_order_in_the_slice",
    ]),
    ("slicing-unmatched", &["Validation_VAL_Profile_NotSlice", "This_element_does_not_match_any_known_slice_"]),
    ("structure-array-expected", &["This_property_must_be_an_Array_not_", "This_base_property_must_be_an_Array_not_"]),
    ("structure-array-unexpected", &[
        "This_property_must_be__not_", "JSON_PROPERTY_INVALID_ARRAY", "This_property_must_be_an_simple_value_not_",
        "This_property_must_be_an_object_not_",
    ]),
    ("structure-comments", &["ILLEGAL_COMMENT_TYPE"]),
    ("structure-empty-array", &["ARRAY_CANNOT_BE_EMPTY"]),
    ("structure-empty-object", &[
        "Object_must_have_some_content", "Element_must_have_some_content",
        "http://hl7.org/fhir/StructureDefinition/Element#ele-1",
    ]),
    ("structure-id-duplicate", &["DUPLICATE_ID"]),
    ("structure-id-extended", &["FHIR_RESOURCE_ID_CANT_BE_EXTENDED"]),
    ("structure-map-duplicate", &["SM_GROUP_NAME_DUPLICATE", "SM_GROUP_INPUT_DUPLICATE"]),
    ("structure-map-group", &["SM_RULEGROUP_NOT_FOUND"]),
    ("structure-map-list", &["SM_LIST_RULE_ID_ONLY_WHEN_SHARE"]),
    ("structure-map-parameters", &[
        "SM_TARGET_TRANSFORM_PARAM_COUNT_RANGE", "SM_TARGET_TRANSFORM_PARAM_COUNT_SINGLE",
        "SM_TARGET_TRANSFORM_MISSING_PARAMS", "SM_TARGET_NO_TRANSFORM_NO_CHECKED", "SM_RULEGROUP_PARAM_COUNT_MISMATCH",
    ]),
    ("structure-map-variable", &[
        "SM_SOURCE_CONTEXT_UNKNOWN", "SM_TARGET_CONTEXT_UNKNOWN", "SM_DEPENDENT_PARAM_NOT_FOUND",
        "SM_TARGET_TRANSFORM_OP_UNKNOWN_SOURCE", "SM_TARGET_TRANSFORM_TRANSLATE_UNKNOWN_SOURCE",
    ]),
    ("structure-not-a-resource", &[
        "This_does_not_appear_to_be_a_FHIR_resource_unknown_name_", "This_cannot_be_parsed_as_a_FHIR_object_no_name",
    ]),
    ("structure-null", &["ELEMENT_CANNOT_BE_NULL"]),
    ("structure-object-expected", &["This_property_must_be_an_object_not_"]),
    ("structure-resource-type-missing", &["Unable_to_find_resourceType_property"]),
    ("structure-unknown-element", &["Unrecognised_property_", "Undefined_element_"]),
    ("structure-unknown-resource-type", &[
        "This_does_not_appear_to_be_a_FHIR_resource_unknown_name_",
        "Contained_resource_does_not_appear_to_be_a_FHIR_resource_unknown_name_", "RESOURCETYPE_PROPERTY_WRONG_TYPE",
    ]),
    ("value-decimal-places", &["TYPE_SPECIFIC_CHECKS_DT_DECIMAL_CHARS"]),
    ("value-fixed", &[
        "_DT_Fixed_Wrong", "Extension_EXT_Fixed_Banned", "Fixed_Type_Checks_DT_Address_Line",
        "Fixed_Type_Checks_DT_Name_Family", "Fixed_Type_Checks_DT_Name_Given", "Fixed_Type_Checks_DT_Name_Prefix",
        "Fixed_Type_Checks_DT_Name_Suffix",
    ]),
    ("value-length", &["PRIMITIVE_TOO_SHORT", "Type_Specific_Checks_DT_Primitive_Length"]),
    ("value-pattern", &[
        "PATTERN_CHECK_STRING", "TYPE_CHECKS_PATTERN_CC", "TYPE_CHECKS_PATTERN_CC_US", "_DT_Fixed_Wrong",
    ]),
    ("value-range", &[
        "Type_Specific_Checks_DT_Decimal_GT", "Type_Specific_Checks_DT_Decimal_LT", "TYPE_SPECIFIC_CHECKS_DT_DT_GT",
        "TYPE_SPECIFIC_CHECKS_DT_DT_LT", "TYPE_SPECIFIC_CHECKS_DT_QTY_GT_MAX", "TYPE_SPECIFIC_CHECKS_DT_QTY_GT_MIN",
        "TYPE_SPECIFIC_CHECKS_DT_QTY_MAX_VALUE_WRONG", "TYPE_SPECIFIC_CHECKS_DT_QTY_MAX_VALUE_WRONG_UCUM",
        "TYPE_SPECIFIC_CHECKS_DT_QTY_MIN_VALUE_WRONG", "TYPE_SPECIFIC_CHECKS_DT_QTY_MIN_VALUE_WRONG_UCUM",
    ]),
    ("value-regex", &[
        "Type_Specific_Checks_DT_Primitive_Regex", "Type_Specific_Checks_DT_Primitive_Regex_Type",
        "TYPE_SPECIFIC_CHECKS_DT_PRIMITIVE_REGEX_TYPE_ALT",
    ]),
    ("value-set-filter", &[
        "VALUESET_BAD_FILTER_VALUE_BOOLEAN", "VALUESET_BAD_FILTER_VALUE_VALID_CODE",
        "VALUESET_BAD_FILTER_VALUE_CODED", "VALUESET_BAD_FILTER_VALUE_INVALID",
    ]),
    ("value-set-system", &[
        "VALUESET_INCLUDE_SYSTEM_ABSOLUTE", "VALUESET_INCLUDE_SYSTEM_ABSOLUTE_FRAG", "VALUESET_INCLUDE_CS_SUPPLEMENT",
        "VALUESET_INCLUDE_CSVER_SUPPLEMENT", "VALUESET_INCLUDE_WRONG_VS", "VALUESET_INCLUDE_WRONG_VS_HINT",
        "VALUESET_INCLUDE_WRONG_VS_MANY",
    ]),
    ("value-set-system-version", &[
        "VALUESET_REFERENCE_INVALID_TYPE_NO_VERSION_0", "VALUESET_REFERENCE_INVALID_TYPE_NO_VERSION_1",
        "VALUESET_REFERENCE_INVALID_TYPE_NO_VERSION_2", "VALUESET_REFERENCE_INVALID_TYPE_NO_VERSION_3",
    ]),
    ("value-set-total", &["VALUESET_EXPANSION_PARAMETER_COUNT_WRONG"]),
    ("value-set-unknown-code", &["VALUESET_INCLUDE_INVALID_CONCEPT_CODE", "VALUESET_INCLUDE_INVALID_CONCEPT_CODE_VER"]),
    ("value-size", &["TYPE_SPECIFIC_CHECKS_DT_ATT_TOO_LONG", "TYPE_SPECIFIC_CHECKS_DT_BASE64_TOO_LONG"]),
];

#[cfg(test)]
mod tests {
    use super::{TABLE, message_ids};

    #[test]
    fn the_table_is_sorted_and_answers() {
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(message_ids("json-duplicate-key"), ["DUPLICATE_JSON_PROPERTY_KEY"]);
        assert!(message_ids("no-such-code").is_empty());
    }
}
