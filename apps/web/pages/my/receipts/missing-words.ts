import type { Locale } from "@mila/kernel"
import type { PointsClaimReason } from "@mila/tills"

// Points of a receipt at which no card was shown.

const ru = {
  title: "Не хватает чека?",
  lead: "Забыли показать карту — добавьте чек сами в течение 14 дней после покупки. Бонусы начислим по тем же правилам, что и на кассе.",
  back: "Все чеки",
  uid: "УИ с чека",
  uidHint: "24 знака внизу чека после слова «УИ». Пробелы и регистр не важны.",
  day: "Дата покупки",
  sum: "Итог чека, р.",
  sumHint: "Как напечатано: 42,50",
  ask: "Получить бонусы",
  given: "Готово: начислено {points}. Их можно будет потратить после срока возврата.",
  givenNothing: "Чек добавлен. Бонусов по нему не вышло — внутри чека написано почему.",
  waits:
    "Такого чека мы пока не видим: касса могла ещё не прислать его. Ищем три дня и пришлём SMS. Проверьте ещё раз знаки, дату и сумму.",
  toPerson: "Чек передан сотруднику: ответим в SMS.",
  disputeSays: "Если это ваш чек, а бонусы получил кто-то другой, его проверит сотрудник.",
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
  lead: "Забылі паказаць карту — дадайце чэк самі цягам 14 дзён пасля пакупкі. Бонусы налічым па тых жа правілах, што і на касе.",
  back: "Усе чэкі",
  uid: "УІ з чэка",
  uidHint: "24 знакі ўнізе чэка пасля слова «УИ». Прабелы і рэгістр не важныя.",
  day: "Дата пакупкі",
  sum: "Вынік чэка, р.",
  sumHint: "Як надрукавана: 42,50",
  ask: "Атрымаць бонусы",
  given: "Гатова: налічана {points}. Іх можна будзе патраціць пасля тэрміну вяртання.",
  givenNothing: "Чэк дададзены. Бонусаў па ім не выйшла — унутры чэка напісана чаму.",
  waits:
    "Такога чэка мы пакуль не бачым: каса магла яшчэ не прыслаць яго. Шукаем тры дні і прышлём SMS. Праверце яшчэ раз знакі, дату і суму.",
  toPerson: "Чэк перададзены супрацоўніку: адкажам у SMS.",
  disputeSays: "Калі гэта ваш чэк, а бонусы атрымаў хтосьці іншы, яго праверыць супрацоўнік.",
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
    card_shown: "на касе была паказана іншая карта",
    many: "за месяц дададзена ўжо пяць чэкаў",
    odd: "у чэку ёсць што праверыць",
    disputed: "вы паведамілі, што чэк ваш",
    staff: "супрацоўнік праверыў чэк і не пацвердзіў яго",
  },
}

const en: MissingWords = {
  title: "A receipt is missing?",
  lead: "Forgot to show the card? Add the receipt yourself within 14 days of the purchase. Points are counted by the same rules as at the till.",
  back: "All receipts",
  uid: "UID from the receipt",
  uidHint: "24 characters at the bottom of the receipt after “УИ”. Spaces and case do not matter.",
  day: "Date of purchase",
  sum: "Total of the receipt, BYN",
  sumHint: "As printed: 42.50",
  ask: "Get the points",
  given: "Done: {points}. They can be spent after the return window.",
  givenNothing: "The receipt is added. It earned no points; open it to see why.",
  waits:
    "We do not see such a receipt yet: the till may not have sent it. We look for three days and send you an SMS. Please check the characters, the date and the sum once more.",
  toPerson: "A clerk looks at the receipt: the answer comes by SMS.",
  disputeSays: "If this is your receipt and somebody else got the points, a clerk will check it.",
  dispute: "It is my receipt",
  asked: "What you added before",
  receiptOf: "Receipt of {day} for {sum}",
  open: "Open the receipt",
  states: { waiting: "looking for it", granted: "{points} given", refused: "not given", with_staff: "a clerk checks it" },
  reasons: {
    not_found: "no receipt with this UID, date and sum was found",
    yours: "this receipt is in your account already",
    claimed: "another member has the points of this receipt",
    cancelled: "the receipt was cancelled at the till",
    returned: "some of the goods came back",
    card_shown: "another card was shown at the till",
    many: "five receipts were added within a month",
    odd: "there is something to check about it",
    disputed: "you said the receipt is yours",
    staff: "a clerk checked it and did not confirm it",
  },
}

export const MISSING: Readonly<Record<Locale, MissingWords>> = { ru, be, en }
