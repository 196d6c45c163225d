import { type Matcher, matchersOf } from "./matching-rules.ts"
import type { AccrualRule, Campaign, Programme } from "./programme.ts"

/** A programme made ready for counting: rules in the order in which they win, campaigns in the order of their ids. */
export type Compiled = {
  rules: readonly { rule: AccrualRule; matcher: Matcher }[]
  campaigns: readonly { campaign: Campaign; matchers: readonly Matcher[] }[]
}

const COMPILED = new WeakMap<Programme, Compiled>()

/** The prepared form of a programme; made once for each document. */
export function compiledOf(programme: Programme): Compiled {
  let compiled = COMPILED.get(programme)
  if (!compiled) COMPILED.set(programme, (compiled = compile(programme)))
  return compiled
}

function compile({ accrual, campaigns }: Programme): Compiled {
  return {
    rules: accrual.rules.flatMap((rule) => matchersOf(rule.when).map((matcher) => ({ rule, matcher }))).toSorted(whoWins),
    campaigns: campaigns
      .map((campaign) => ({ campaign, matchers: matchersOf(campaign.when) }))
      .toSorted((one, other) => (one.campaign.id < other.campaign.id ? -1 : 1)),
  }
}

type Contender = Compiled["rules"][number]

/** The greater priority, then more conditions, then the deeper category, then the rate that is better for the member, then the id. */
function whoWins(one: Contender, other: Contender): number {
  return (
    other.rule.priority - one.rule.priority ||
    other.matcher.conditions - one.matcher.conditions ||
    other.matcher.depth - one.matcher.depth ||
    other.rule.rateBps - one.rule.rateBps ||
    (one.rule.id < other.rule.id ? -1 : 1)
  )
}
