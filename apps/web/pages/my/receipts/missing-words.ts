import type { Locale } from "@mila/kernel"
import type { PointsClaimReason } from "@mila/tills"

// Points of a receipt at which no card was shown.

const ru = {
  title: "Не хватает чека?",
  lead: "Забыли показать карту — добавьте чек сами в течение 14\u00a0дней после покупки. Бонусы начислим по тем же правилам, что и на кассе.",
  back: "Все чеки",
  uid: "УИ с чека",
  uidHint: "24\u00a0знака внизу чека после слова «УИ». Пробелы и регистр не важны.",
  day: "Дата покупки",
  sum: "Итог чека, р.",
  sumHint: "Как напечатано: 42,50",
  wrong: {
    uid: "УИ\u00a0— это 24\u00a0знака: цифры и латинские буквы от A до F.",
    day: "Выберите день покупки.",
    sum: "Напишите сумму как на чеке: 42,50.",
  },
  ask: "Получить бонусы",
  given: "Готово: начислено {points}. Их можно будет потратить после срока возврата.",
  givenNothing: "Чек добавлен. Бонусов по нему не вышло — откройте чек, там написано почему.",
  waits:
    "Такого чека мы пока не видим: касса могла ещё не прислать его. Ищем три дня и пришлём SMS. Проверьте ещё раз знаки, дату и сумму.",
  toPerson: "Чек передан сотруднику: ответим в SMS.",
  disputeSays: "Если это ваш чек, а бонусы получил кто-то другой, сообщите нам: проверит сотрудник.",
  dispute: "Это мой чек",
  asked: "Что вы уже добавляли",
  receiptOf: "Чек от {day} на {sum}",
  open: "Открыть чек",
  states: { waiting: "ищем чек", granted: "начислено {points}", refused: "не начислено", with_staff: "проверяет сотрудник" },
  reasons: {
    not_found: "чек с таким УИ, датой и суммой не нашёлся",
    yours: "этот чек уже есть в вашем кабинете",
    claimed: "бонусы по этому чеку уже начислены другому участнику",
    cancelled: "чек отменён на кассе",
    returned: "часть товаров вернули",
    card_shown: "на кассе была показана другая карта",
    many: "за месяц добавлено уже пять чеков",
    odd: "в чеке есть что проверить",
    disputed: "вы сообщили, что чек ваш",
    staff: "сотрудник проверил чек и не подтвердил его",
  } satisfies Record<PointsClaimReason, string>,
}
export type MissingWords = typeof ru

const be: MissingWords = {
  title: "Не хапае чэка?",
  lead: "Забылі паказаць картку — дадайце чэк самі цягам 14\u00a0дзён пасля пакупкі. Бонусы налічым па тых жа правілах, што і на касе.",
  back: "Усе чэкі",
  uid: "УІ з чэка",
  uidHint: "24\u00a0знакі ўнізе чэка пасля слова «УИ». Прабелы і рэгістр не важныя.",
  day: "Дата пакупкі",
  sum: "Разам па чэку, р.",
  sumHint: "Як надрукавана: 42,50",
  wrong: {
    uid: "УІ\u00a0— гэта 24\u00a0знакі: лічбы і лацінскія літары ад A да F.",
    day: "Выберыце дзень пакупкі.",
    sum: "Напішыце суму як на чэку: 42,50.",
  },
  ask: "Атрымаць бонусы",
  given: "Гатова: налічана {points}. Іх можна будзе патраціць пасля тэрміну вяртання.",
  givenNothing: "Чэк дададзены. Бонусаў па ім не выйшла — адкрыйце чэк, там напісана чаму.",
  waits:
    "Такога чэка мы пакуль не бачым: каса магла яшчэ не даслаць яго. Шукаем тры дні і дашлём SMS. Праверце яшчэ раз знакі, дату і суму.",
  toPerson: "Чэк перададзены супрацоўніку: адкажам у SMS.",
  disputeSays: "Калі гэта ваш чэк, а бонусы атрымаў хтосьці іншы, паведаміце нам: праверыць супрацоўнік.",
  dispute: "Гэта мой чэк",
  asked: "Што вы ўжо дадавалі",
  receiptOf: "Чэк ад {day} на {sum}",
  open: "Адкрыць чэк",
  states: { waiting: "шукаем чэк", granted: "налічана {points}", refused: "не налічана", with_staff: "правярае супрацоўнік" },
  reasons: {
    not_found: "чэк з такім УІ, датай і сумай не знайшоўся",
    yours: "гэты чэк ужо ёсць у вашым кабінеце",
    claimed: "бонусы па гэтым чэку ўжо налічаны іншаму ўдзельніку",
    cancelled: "чэк адменены на касе",
    returned: "частку тавараў вярнулі",
    card_shown: "на касе была паказана іншая картка",
    many: "за месяц дададзена ўжо пяць чэкаў",
    odd: "у чэку ёсць што праверыць",
    disputed: "вы паведамілі, што чэк ваш",
    staff: "супрацоўнік праверыў чэк і не пацвердзіў яго",
  },
}

const en: MissingWords = {
  title: "Missing a receipt?",
  lead: "Forgot to show your card? Add the receipt yourself within 14\u00a0days of the purchase. Points are worked out by the same rules as at the till.",
  back: "All receipts",
  uid: "UID from the receipt",
  uidHint: "24\u00a0characters at the bottom of the receipt after “УИ”. Spaces and case do not matter.",
  day: "Date of purchase",
  sum: "Receipt total, BYN",
  sumHint: "As printed: 42.50",
  wrong: {
    uid: "A UID has 24\u00a0characters: digits and letters from A to F.",
    day: "Choose the day of the purchase.",
    sum: "Enter the total as printed: 42.50.",
  },
  ask: "Get points",
  given: "Done: {points} earned. You can spend them once the return period is over.",
  givenNothing: "Receipt added. It earned no points; open it to see why.",
  waits:
    "We can’t see this receipt yet: the till may not have sent it. We’ll keep looking for three days and send you an SMS. Please check the characters, the date and the total once more.",
  toPerson: "Our staff will look at the receipt; we’ll reply by SMS.",
  disputeSays: "If this is your receipt and someone else got the points, tell us: our staff will check.",
  dispute: "It is my receipt",
  asked: "What you have already added",
  receiptOf: "Receipt of {day} for {sum}",
  open: "Open receipt",
  states: { waiting: "looking for it", granted: "{points} earned", refused: "no points", with_staff: "being checked by our staff" },
  reasons: {
    not_found: "no receipt with this UID, date and total was found",
    yours: "this receipt is already in your account",
    claimed: "points for this receipt went to another member",
    cancelled: "the receipt was cancelled at the till",
    returned: "some of the goods were returned",
    card_shown: "another card was shown at the till",
    many: "five receipts have already been added this month",
    odd: "something on the receipt needs checking",
    disputed: "you said the receipt is yours",
    staff: "our staff checked the receipt and did not confirm it",
  },
}

export const MISSING: Readonly<Record<Locale, MissingWords>> = { ru, be, en }
