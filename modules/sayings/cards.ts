import type { Locale } from "@mila/kernel"

const ru = {
  card_number_invalid: "Проверьте 13\u00a0цифр под штрихкодом: похоже, одна введена с ошибкой.",
  card_unknown: "Такой карты у нас нет. Проверьте цифры.",
  card_taken: "Эта карта принадлежит другому участнику. Если она ваша, напишите в поддержку.",
  card_blocked: "Карта заблокирована. Сначала разблокируйте её.",
  card_replaced: "Эта карта заменена на новую.",
  card_removed: "Эта карта удалена.",
  spend_lock_of_staff: "Списание закрыл наш сотрудник, открыть его может только он. Позвоните нам.",
  virtual_card_stays: "Виртуальная карта остаётся, пока вы в программе. Её можно заблокировать или заменить новой.",
  card_kind_unfit: "Это карта другого вида.",
  card_proof_wrong: "Сумма последнего чека по этой карте не сходится. Проверьте её по бумажному чеку.",
  card_not_shown: "Виртуальная карта сейчас не работает: разблокируйте её или замените.",
}

const be: typeof ru = {
  card_number_invalid: "Праверце 13\u00a0лічбаў пад штрыхкодам: падобна, адна ўведзена з памылкай.",
  card_unknown: "Такой карткі ў нас няма. Праверце лічбы.",
  card_taken: "Гэтая картка належыць іншаму ўдзельніку. Калі яна ваша, напішыце ў падтрымку.",
  card_blocked: "Картка заблакіравана. Спачатку разблакіруйце яе.",
  card_replaced: "Гэта картка заменена на новую.",
  card_removed: "Гэта картка выдалена.",
  spend_lock_of_staff: "Спісанне закрыў наш супрацоўнік, адкрыць яго можа толькі ён. Патэлефануйце нам.",
  virtual_card_stays: "Віртуальная картка застаецца, пакуль вы ў праграме. Яе можна заблакіраваць або замяніць новай.",
  card_kind_unfit: "Гэта картка іншага віду.",
  card_proof_wrong: "Сума апошняга чэка па гэтай картцы не сыходзіцца. Праверце яе па папяровым чэку.",
  card_not_shown: "Віртуальная картка цяпер не працуе: разблакіруйце яе ці замяніце.",
}

const en: typeof ru = {
  card_number_invalid: "Check the 13\u00a0digits under the barcode: one of them seems to be mistyped.",
  card_unknown: "We have no such card. Check the digits.",
  card_taken: "This card belongs to another member. If it is yours, contact support.",
  card_blocked: "The card is blocked. Unblock it first.",
  card_replaced: "This card was replaced by a new one.",
  card_removed: "This card was removed.",
  spend_lock_of_staff: "Our staff locked spending, and only they can unlock it. Please call us.",
  virtual_card_stays: "The virtual card stays as long as you are in the programme. You may block it, or replace it with a new one.",
  card_kind_unfit: "This is a card of another kind.",
  card_proof_wrong: "The total of this card’s last receipt doesn’t match. Check it against the paper receipt.",
  card_not_shown: "Your virtual card is not working now: unblock or replace it.",
}

/** What is said of cards, and of spending with them. */
export const CARDS: Readonly<Record<Locale, typeof ru>> = { ru, be, en }
