// Function words (stop words) of several languages, by which short texts are told apart.

/** Words that are hardly anything else in a message, by language (ISO 639-1). */
export const FUNCTION_WORDS: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    en:
      'the is are was my your you i it we they and of to in on for with this that not have has had do does did can ' +
      'could would will what where when why how please help thanks thank hi hello hey still been but im ive cant dont ' +
      'didnt isnt wont its at be been from get got just no yes order refund delivery package need want an a there here ' +
      'me us him her he she them our their his who whose which any some all each every more most much many too very so ' +
      'if or than then these those out up off over after before again only same am were about into until because as by ' +
      'anyone someone nothing something tell ask call',
    es:
      'el la los las mi mis tu un una de del que qué en es está esta estoy quiero quisiera por para con no pero cómo ' +
      'donde dónde cuándo cuando hola gracias necesito puedo tengo pedido reembolso favor muy ya se me sigue ' +
      'yo él ella nosotros ustedes su sus al lo le les nos este ese son ser hay más también sin sobre desde hasta ' +
      'porque quién cuánto alguien nada todo todavía fue ha han he',
    de:
      'der die das den dem ein eine einen mein meine meinen ich wir sie ist sind nicht und oder wo wann wie warum bitte ' +
      'danke habe haben kann kein keine zu für mit auf noch immer auch bestellung paket hallo möchte will ' +
      'was am so in an im vom zum zur von bei nach aus es du er ihr mir mich dir uns ihnen aber wenn dass als nur schon ' +
      'sehr wieder hier da doch mal wird werden wurde war hat hatte bin diese dieser dieses einem einer alles jemand nichts',
    fr:
      'le la les un une mon ma mes votre je nous vous est sont pas et ou où quand comment pourquoi merci bonjour ' +
      'commande colis dans pour avec sur que qui il elle ai suis veux voudrais toujours cest jai ' +
      'de du des au aux ce cette ces en on ne plus très mais si par sans tout rien quelque même encore leur son sa ses me se ' +
      'moi avez avons ont était être peut puis',
    it:
      'il lo gli una mio mia sono non per che dove quando come grazie ciao ordine pacco vorrei ho di è ' +
      'la le i un al del della nel con su da si mi ci ma anche più molto questo questa quello chi cosa perché ancora ' +
      'hai ha abbiamo siete stato tutto niente',
    pt:
      'o os um uma meu minha não para que onde quando como obrigado obrigada olá pedido quero está com você ' +
      'a as de do da no na em por mais mas se me nos eu ele ela isso este esta muito também ainda já foi são tem ' +
      'tudo nada alguém quem',
    nl:
      'de het een mijn ik niet en waar wanneer hoe waarom bestelling pakket bedankt graag kan wil heb is ' +
      'van op in te met voor dat die dit maar om aan er ook nog bij wat wie we wij jullie je u ons hun zijn was heeft ' +
      'hebben naar al geen iets niets iemand zo dan',
  }).map(([language, list]) => [language, new Set(list.split(' '))]),
)
