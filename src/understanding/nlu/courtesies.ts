// Thanks, greetings and praise that people write in whatever language: they say little about the language of a conversation.
export type Courtesy = 'thanks' | 'greeting' | 'praise'

/** One or two words each, as they are compared: small letters. The languages are those of about nine in ten users of social networks. */
const PHRASES: Readonly<Record<Courtesy, string>> = {
  thanks:
    'merci|merci bien|gracias|mil gracias|danke|danke schön|dankeschön|dankeschon|vielen dank|besten dank|grazie|grazie mille|obrigado|obrigada|valeu|' +
    'bedankt|dank je|dank u|dankjewel|tack|tak|takk|kiitos|dziękuję|dziekuje|dzięki|dzieki|děkuji|dekuji|díky|diky|ďakujem|dakujem|' +
    'köszönöm|köszi|koszonom|mulțumesc|multumesc|mersi|благодаря|спасибо|спасибі|дякую|дзякуй|хвала|hvala|faleminderit|ευχαριστώ|ευχαριστω|' +
    'teşekkürler|tesekkurler|teşekkür ederim|sağol|sağ ol|شكرا|شكراً|مشكور|תודה|مرسی|ممنون|متشکرم|شکریہ|شكريہ|धन्यवाद|शुक्रिया|' +
    'shukriya|dhanyavaad|dhanyavad|ধন্যবাদ|நன்றி|nandri|ధన్యవాదాలు|terima kasih|makasih|salamat|cảm ơn|cam on|ขอบคุณ|ขอบคุณค่ะ|ขอบคุณครับ|' +
    'ありがとう|ありがとうございます|고마워요|감사합니다|고맙습니다|谢谢|謝謝|多谢|asante|ahsante|enkosi|dankie|o ṣeun|diolch|go raibh maith agat|mahalo|arigato',
  greeting:
    'bonjour|bonsoir|salut|coucou|hola|buenos días|buenos dias|buenas|buenas tardes|guten tag|guten morgen|guten abend|servus|moin|grüezi|' +
    'ciao|salve|buongiorno|buonasera|olá|ola|oi|bom dia|boa tarde|boa noite|hoi|goedemorgen|goedemiddag|hej|hei|moi|cześć|czesc|dzień dobry|' +
    'dzien dobry|ahoj|dobrý den|szia|sziasztok|bună|buna|salutare|привет|здравствуйте|привіт|добрый день|γεια|γεια σας|merhaba|selam|مرحبا|' +
    'السلام عليكم|שלום|سلام|नमस्ते|namaste|namaskar|হ্যালো|வணக்கம்|halo|kumusta|xin chào|xin chao|สวัสดี|こんにちは|안녕하세요|안녕|你好|您好|habari|jambo|sawubona|salaam|assalamualaikum',
  praise:
    'bravo|meraviglia|meraviglioso|meravigliosa|wunderbar|herrlich|merveilleux|merveilleuse|incroyable|increíble|espectacular|incrível|super|génial|genial|magnifique|superbe|joli|jolie|belle|beau|adorable|top|parfait|hermoso|hermosa|bonito|bonita|precioso|preciosa|lindo|linda|' +
    'me encanta|encantado|excelente|maravilloso|perfecto|perfecta|schön|wunderschön|toll|klasse|spitze|hübsch|perfekt|bello|bella|bellissimo|bellissima|fantastico|' +
    'stupendo|perfetto|maravilhoso|perfeito|amei|mooi|prachtig|geweldig|leuk|fint|vackert|snyggt|smukt|kaunis|ihana|piękne|piękny|pięknie|super|krásné|gyönyörű|' +
    'frumos|superbă|класс|красиво|супер|прекрасно|чудово|όμορφο|τέλειο|harika|güzel|çok güzel|mükemmel|جميل|رائع|جميلة|יפה|זیبا|عالی|सुंदर|sundar|cantik|bagus|ganda|' +
    'đẹp|đẹp quá|สวย|สวยมาก|น่ารัก|かわいい|可愛い|素敵|きれい|綺麗|すごい|예뻐요|예쁘다|귀여워|좋아요|漂亮|好看|可爱|真美|kawaii|nzuri',
}
/** Makes the word beside it stronger, or joins two of them. */
const AROUND =
  'très|tres|trop|si|beaucoup|muy|tan|mucho|muchas|mucha|sehr|so|total|molto|tanto|tantissimo|muito|muita|muitas|heel|erg|zo|veldig|mycket|meget|tosi|bardzo|moc|' +
  'nagyon|foarte|очень|дуже|πολύ|çok|جدا|bahut|sangat|banget|rất|quá|มาก|とても|本当に|너무|정말|很|非常|真|y|et|und|e|en|og|och|et|à tous|a todos|an alle|a tutti|equipo|équipe|team|cest|es|ist|è|é|que|qué|che|wie'

const INDEX = new Map<string, Courtesy>(
  (Object.keys(PHRASES) as Courtesy[]).flatMap((kind) =>
    PHRASES[kind].split('|').map((phrase) => [phrase, kind] as const),
  ),
)
const SMALL = new Set(AROUND.split('|').flatMap(wordsOf))
/** Words of the longest phrase. */
const LONGEST = 4

/** The courtesies of a text, and what is left of it. Words that only join or strengthen them go with them. */
export function courtesiesIn(text: string): { readonly courtesies: ReadonlySet<Courtesy>; readonly rest: string } {
  const said = wordsOf(text)
  const courtesies = new Set<Courtesy>()
  const rest: string[] = []
  for (let at = 0; at < said.length; ) {
    let length = Math.min(LONGEST, said.length - at)
    while (length > 0 && !INDEX.has(said.slice(at, at + length).join(' '))) length -= 1
    const kind = INDEX.get(said.slice(at, at + length).join(' '))
    if (kind) courtesies.add(kind)
    else rest.push(said[at] as string)
    at += Math.max(1, length)
  }
  const isAll = courtesies.size > 0 && rest.every((word) => SMALL.has(word))
  return { courtesies, rest: isAll ? '' : rest.join(' ') }
}

/** Vowel signs belong to a word in many scripts. */
function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/['\u2019]/g, '')
      .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? []
  )
}
