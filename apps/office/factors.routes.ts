import { z } from "@hono/zod-openapi"
import { type Factor, factorsOf, invite, removeFactor, removeOwnFactor, signOut } from "@mila/staff"
import { declare, type Office } from "./declare.ts"
import { idIn, instant } from "./schemas.ts"

const FactorShown = z
  .object({
    ...{ factorId: z.number(), kind: z.enum(["passkey", "authenticator"]), name: z.string() },
    ...{ madeAt: instant, usedAt: instant.nullable() },
    doubted: z.boolean().openapi({ description: "There may be a copy: it opens nothing any more." }),
  })
  .openapi("Factor")

const shown = (factors: Factor[]): z.input<typeof FactorShown>[] => factors
const byStaff = z.object({ staffId: idIn })

/** Invitations, and what others sign in with. */
export function declareInvitations(office: Office): void {
  declare(office, {
    ...{ method: "post", path: "/staff/{staffId}/invitations", permission: "staff.manage", tag: "Staff", status: 201 },
    summary: "Invite somebody to set up a passkey, or an authenticator app; shown this once, good once within 24 hours",
    params: byStaff,
    answer: z.object({ invitation: z.string(), link: z.string(), endsAt: instant }),
    tracesItself: true,
    async act({ tx, at, staff, params: { staffId }, context: { staffUrl } }) {
      const made = await invite(tx, { staffId, by: staff.staffId, at })
      return { ...made, link: `${staffUrl}/office#${made.invitation}` } // behind the #: no server and no log sees it
    },
  })
  declare(office, {
    ...{
      method: "get",
      path: "/staff/{staffId}/factors",
      permission: "staff.manage",
      tag: "Staff",
      summary: "What somebody signs in with",
    },
    params: byStaff,
    answer: z.object({ factors: z.array(FactorShown) }),
    act: async ({ tx, params: { staffId } }) => ({ factors: shown(await factorsOf(tx, staffId)) }),
  })
  declare(office, {
    ...{ method: "delete", path: "/staff/{staffId}/factors/{factorId}", permission: "staff.manage", tag: "Staff" },
    summary: "Remove a factor that was lost; its owner's keys end",
    params: z.object({ staffId: idIn, factorId: idIn }),
    answer: z.object({ factorId: z.number() }),
    tracesItself: true,
    async act({ tx, at, staff, params: { staffId, factorId } }) {
      await removeFactor(tx, { staffId, factorId, by: staff.staffId, at })
      return { factorId }
    },
  })
}

/** What one signs in with oneself, and signing out. */
export function declareFactors(office: Office): void {
  declare(office, {
    ...{
      method: "get",
      path: "/me/factors",
      permission: "own",
      tag: "Sign-in",
      summary: "Who one is, until when, and what one signs in with",
    },
    answer: z.object({ staffId: z.number(), name: z.string(), keyEndsAt: instant, factors: z.array(FactorShown) }),
    act: async ({ tx, staff: { staffId, name, endsAt } }) => ({
      ...{ staffId, name, keyEndsAt: endsAt },
      factors: shown(await factorsOf(tx, staffId)),
    }),
  })
  declare(office, {
    ...{ method: "delete", path: "/me/factors/{factorId}", permission: "own", tag: "Sign-in" },
    summary: "Remove one's own factor, not the last, within a quarter of an hour after signing in; one's other keys end",
    params: z.object({ factorId: idIn }),
    answer: z.object({ factorId: z.number() }),
    tracesItself: true,
    async act({ tx, at, staff: { staffId, keyId }, params: { factorId } }) {
      await removeOwnFactor(tx, { staffId, keyId, factorId, at })
      return { factorId }
    },
  })
  declare(office, {
    ...{ method: "post", path: "/me/sign-out", permission: "own", tag: "Sign-in", summary: "End the key one came with" },
    answer: z.object({ staffId: z.number() }),
    tracesItself: true,
    async act({ tx, at, staff: { staffId, keyId } }) {
      await signOut(tx, { staffId, keyId, at })
      return { staffId }
    },
  })
}
