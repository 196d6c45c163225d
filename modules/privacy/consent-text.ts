/**
 * What is shown, apart from anything else and in plain words, before somebody agrees: the eight fields of article 5, part 5, of Law 99-З of 07.05.2021,
 * under a title; `ask` is the line beside the tick.
 */
export type ConsentText = {
  title: string
  ask: string
  /** who processes: name and place */
  operator: string
  purposes: string
  data: string
  term: string
  /** who else processes on the operator's behalf */
  processors: string
  /** what is done with the data, and how in general */
  actions: string
  /** the person's rights and how to use them */
  rights: string
  /** what follows from agreeing, and from refusing */
  consequences: string
}

/** The fields in the order in which they are read. */
export const FIELDS = [
  "operator",
  "purposes",
  "data",
  "term",
  "processors",
  "actions",
  "rights",
  "consequences",
] as const satisfies readonly (keyof ConsentText)[]
