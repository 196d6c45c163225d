import type { Category } from "@mila/catalog"

const named = (path: string, ru: string, be: string, en: string): Category => ({ path, name: { ru, be, en } })

/** The demo chain's categories, parents first. */
export const CATEGORIES: readonly Category[] = [
  named("face", "Лицо", "Твар", "Face"),
  named("face/creams", "Кремы для лица", "Крэмы для твару", "Face creams"),
  named("face/cleansing", "Очищение", "Ачышчэнне", "Cleansing"),
  named("face/masks", "Маски для лица", "Маскі для твару", "Face masks"),
  named("face/serums", "Сыворотки", "Сыроваткі", "Serums"),
  named("body", "Тело", "Цела", "Body"),
  named("body/bath", "Ванна и душ", "Ванна і душ", "Bath and shower"),
  named("body/care", "Уход за телом", "Догляд за целам", "Body care"),
  named("body/hands", "Руки и ноги", "Рукі і ногі", "Hands and feet"),
  named("body/deodorants", "Дезодоранты", "Дэзадаранты", "Deodorants"),
  named("body/sun", "Защита от солнца", "Абарона ад сонца", "Sun care"),
  named("hair", "Волосы", "Валасы", "Hair"),
  named("hair/wash", "Шампуни и бальзамы", "Шампуні і бальзамы", "Shampoos and conditioners"),
  named("hair/care", "Уход за волосами", "Догляд за валасамі", "Hair care"),
  named("hair/colour", "Окрашивание", "Афарбоўванне", "Hair colour"),
  named("hair/styling", "Укладка", "Укладка", "Styling"),
  named("makeup", "Макияж", "Макіяж", "Make-up"),
  named("makeup/lips", "Губы", "Вусны", "Lips"),
  named("makeup/eyes", "Глаза", "Вочы", "Eyes"),
  named("makeup/face", "Тон", "Тон", "Complexion"),
  named("makeup/nails", "Ногти", "Пазногці", "Nails"),
  named("perfume", "Парфюмерия", "Парфумерыя", "Perfume"),
  named("men", "Для мужчин", "Для мужчын", "For men"),
  named("kids", "Детям", "Дзецям", "For children"),
  named("hygiene", "Гигиена", "Гігіена", "Hygiene"),
  named("hygiene/oral", "Полость рта", "Поласць рота", "Oral care"),
  named("hygiene/paper", "Бумага и салфетки", "Папера і сурвэткі", "Paper and wipes"),
  named("home", "Дом", "Дом", "Home"),
  named("home/laundry", "Стирка", "Мыццё", "Laundry"),
  named("home/cleaning", "Уборка", "Прыбіранне", "Cleaning"),
  named("services", "Услуги", "Паслугі", "Services"),
]
