const GIFT = /^(?:подар|презент|падар)/
const GIVE = /^(?:подарить|подарю|подарим|падарыць)$/

/** What is asked beside a gift, and to whom gifts are given, in the case they stand in, and what tells gifts for them from others; an empty word: nothing does. */
const RECIPIENTS = `
: что што чего маме мамочке бабушке подруге девушке жене сестре тете коллеге учителю учительнице воспитателю свекрови теще крестной любимой женщине ей сяброўцы жонцы дзяўчыне
мужской: мужу папе отцу дедушке брату парню другу мужчине начальнику любимому ему бацьку хлопцу дзеду
детский: ребенку детям сыну дочке дочери внуку внучке племяннику племяннице малышу дзецям сыну дачцэ`

const TELLING = new Map(
  RECIPIENTS.trim()
    .split("\n")
    .flatMap((line) => {
      const [telling = "", recipients = ""] = line.split(":")
      return recipients
        .trim()
        .split(" ")
        .map((recipient): [string, string] => [recipient, telling])
    }),
)

/** Words of a question for a gift, with whom it is for read as what such gifts are called: «подарок мужу» is no thing for husbands. Other questions stay. */
export function giftFor(words: readonly string[]): string[] {
  if (!words.some((word) => GIFT.test(word))) return [...words]
  return words.map((word) => (GIVE.test(word) ? "подарок" : (TELLING.get(word) ?? word))).filter((word) => word !== "")
}
