// Function words (stop words) of several languages, by which short texts are told apart.

/** Words that are hardly anything else in a message, by language (ISO 639-1). */
export const FUNCTION_WORDS: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    en:
      'the is are was my your you i it we they and of to in on for with this that not have has had do does did can ' +
      'could would will what where when why how please help thanks thank hi hello hey still been but im ive cant dont ' +
      'didnt isnt wont its at be been from get got just no yes order refund delivery package need want an a there here',
    es:
      'el la los las mi mis tu un una de del que qué en es está esta estoy quiero quisiera por para con no pero cómo ' +
      'donde dónde cuándo cuando hola gracias necesito puedo tengo pedido reembolso favor muy ya se me sigue',
    de:
      'der die das den dem ein eine einen mein meine meinen ich wir sie ist sind nicht und oder wo wann wie warum bitte ' +
      'danke habe haben kann kein keine zu für mit auf noch immer auch bestellung paket hallo möchte will',
    fr:
      'le la les un une mon ma mes votre je nous vous est sont pas et ou où quand comment pourquoi merci bonjour ' +
      'commande colis dans pour avec sur que qui il elle ai suis veux voudrais toujours cest jai',
    it: 'il lo gli una mio mia sono non per che dove quando come grazie ciao ordine pacco vorrei ho di è',
    pt: 'o os um uma meu minha não para que onde quando como obrigado obrigada olá pedido quero está com você',
    nl: 'de het een mijn ik niet en waar wanneer hoe waarom bestelling pakket bedankt graag kan wil heb is',
  }).map(([language, list]) => [language, new Set(list.split(' '))]),
)
