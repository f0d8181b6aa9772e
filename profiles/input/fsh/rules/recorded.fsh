// What every profiled resource says about where it came from: a key that never changes, and which version of the source's object it shows.

RuleSet: Recorded
* identifier MS
* identifier.system MS
* identifier.value MS
* extension contains KapRecordVersion named recordVersion 0..1 MS
* extension[recordVersion] ^short = "Version of the source's object that this resource shows"
