import { Programme } from "./programme.ts"
import { addMonths, type Day } from "@mila/kernel"

/** What is wrong with a programme document and where: `campaigns.2.to`, `campaign_ends_before_it_begins`. */
export type ProgrammeProblem = { path: string; problem: string }

/** Reads a document strictly: every field known, every figure in range, and nothing that contradicts itself. */
export function readProgramme(
  document: unknown,
): { programme: Programme; problems: [] } | { programme: null; problems: ProgrammeProblem[] } {
  const read = Programme.safeParse(document)
  if (!read.success)
    return {
      programme: null,
      problems: read.error.issues.map(({ path, message, code }) => ({ path: path.join("."), problem: problemOf(message, code) })),
    }
  const problems = contradictions(read.data)
  return problems.length === 0 ? { programme: read.data, problems: [] } : { programme: null, problems }
}

/** Our own words where we have one, the schema's otherwise. */
const problemOf = (message: string, code: string): string => (/^[a-z]+(_[a-z]+)+$/.test(message) ? message : code)

type Note = (path: string, problem: string) => void

function contradictions(programme: Programme): ProgrammeProblem[] {
  const problems: ProgrammeProblem[] = []
  const note: Note = (path, problem) => problems.push({ path, problem })
  noteTiers(programme, note)
  noteRules(programme, note)
  noteCampaigns(programme, note)
  noteRedemption(programme, note)
  noteReminders(programme, note)
  repeated(programme.pending.byCategory.map(({ category }) => category)).forEach((place) =>
    note(`pending.byCategory.${place}.category`, "category_repeated"),
  )
  return problems
}

function noteTiers({ tiers: { levels } }: Programme, note: Note): void {
  if (levels[0]!.fromMinor !== 0) note("tiers.levels.0.fromMinor", "first_tier_not_from_zero")
  levels.forEach(({ fromMinor }, place) => {
    if (place > 0 && fromMinor <= levels[place - 1]!.fromMinor) note(`tiers.levels.${place}.fromMinor`, "tiers_overlap")
  })
  repeated(levels.map(({ id }) => id)).forEach((place) => note(`tiers.levels.${place}.id`, "tier_repeated"))
}

function noteRules({ accrual: { rules }, tiers }: Programme, note: Note): void {
  if (rules.length === 0) note("accrual.rules", "no_rules")
  repeated(rules.map(({ id }) => id)).forEach((place) => note(`accrual.rules.${place}.id`, "rule_repeated"))
  rules.forEach(({ when }, place) => noteConditions(`accrual.rules.${place}.when`, { when, tiers, note }))
}

function noteConditions(
  path: string,
  { when, tiers, note }: { when: Programme["campaigns"][number]["when"]; tiers: Programme["tiers"]; note: Note },
): void {
  const { hours, dates } = when
  if (hours && hours.from === hours.to) note(`${path}.hours`, "hours_are_empty")
  if (hours?.from === "24:00") note(`${path}.hours.from`, "bad_time")
  if (dates && dates.to < dates.from) note(`${path}.dates.to`, "dates_end_before_they_begin")
  when.tiers?.forEach((tier, place) => {
    if (!tiers.levels.some(({ id }) => id === tier)) note(`${path}.tiers.${place}`, "tier_unknown")
  })
}

function noteCampaigns({ campaigns, tiers, pointWorthMinor }: Programme, note: Note): void {
  repeated(campaigns.map(({ id }) => id)).forEach((place) => note(`campaigns.${place}.id`, "campaign_repeated"))
  campaigns.forEach(({ from, to, when, effect, birthday }, place) => {
    const path = `campaigns.${place}`
    if (to < from) note(`${path}.to`, "campaign_ends_before_it_begins")
    if (to > addMonths(from as Day, 120)) note(`${path}.to`, "campaign_never_ends")
    if (birthday && birthday.daysBefore + birthday.daysAfter > 31) note(`${path}.birthday`, "birthday_too_long")
    if (effect.kind === "threshold" && effect.points * pointWorthMinor > effect.fromMinor)
      note(`${path}.effect.points`, "gives_more_than_is_paid")
    noteConditions(`${path}.when`, { when, tiers, note })
  })
}

function noteReminders({ reminders: { daysBefore, leastDays } }: Programme, note: Note): void {
  repeated(daysBefore.map(String)).forEach((place) => note(`reminders.daysBefore.${place}`, "reminder_repeated"))
  if (leastDays > Math.max(...daysBefore)) note("reminders.leastDays", "reminder_too_late")
}

function noteRedemption({ redemption }: Programme, note: Note): void {
  if (redemption.minimumPoints % redemption.stepPoints !== 0) note("redemption.minimumPoints", "minimum_not_in_step")
  if (redemption.receiptCapBps > 0 && redemption.lineCapBps === 0) note("redemption.lineCapBps", "no_line_takes_points")
  if (new Set(redemption.presence).size !== redemption.presence.length) note("redemption.presence", "presence_repeated")
}

/** The places at which a name comes again. */
function repeated(names: readonly string[]): number[] {
  const known = new Set<string>()
  return names.flatMap((name, place) => {
    if (known.has(name)) return [place]
    known.add(name)
    return []
  })
}
