Extension: KapInstrumentVersion
Id: kap-instrument-version
Title: "Instrument Version"
Description: "The version or edition of the instrument, as its authors name it. Scores of different versions are not comparable."
Context: Observation, QuestionnaireResponse
* insert Metadata
* insert Value(string)
