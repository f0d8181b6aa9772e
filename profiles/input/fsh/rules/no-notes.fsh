// Free text about what was said or lived through in a session never travels: a receiver could not tell it from a process note.

RuleSet: NoNotes
* note 0..0
* note ^short = "Not used: free text about a session stays where it was written"
