import type { Mila } from "./adapter.ts"

// What staff does so that a person sees something of it.

/** The member with this number. */
export const memberWith = async (mila: Mila, phone: string): Promise<number> =>
  (await mila.must("POST", "/members/search", { phone })).memberId

/** Moves the clock to the next noon in Minsk: nobody is advertised to at night. */
export async function atNoon(mila: Mila): Promise<void> {
  const now = mila.now()
  const noon = new Date(now)
  noon.setUTCHours(9, 0, 0, 0)
  if (noon <= now) noon.setUTCDate(noon.getUTCDate() + 1)
  await mila.moveClock((noon.getTime() - now.getTime()) / 86_400_000)
}
