import { catalogue } from '../platform/catalogue.ts'

/** The texts of the shell, which stands around every screen. */
export const texts = catalogue({
  fr: {
    'app.new-code':
      'Un nouveau code a été donné pour votre compte ({when}). Qui l’a peut choisir un autre mot de passe. Si vous n’avez rien demandé, changez votre mot de passe\u00a0: le code ne marchera plus.',
    'app.new-code.by':
      '{by} a donné un nouveau code pour votre compte ({when}). Qui l’a peut choisir un autre mot de passe. Si vous n’avez rien demandé, changez votre mot de passe\u00a0: le code ne marchera plus.',
    'app.new-code.change': 'Changer mon mot de passe',
    'app.frozen':
      'Rien ne part plus de votre compte : vos publications sont gelées ({when}). Adressez-vous à la direction de votre établissement. Vous pouvez toujours lire.',
    'app.frozen.by':
      'Rien ne part plus de votre compte : {by} a gelé vos publications ({when}). Adressez-vous à la direction de votre établissement. Vous pouvez toujours lire.',
    'app.description': 'L’espace numérique de votre établissement',
    'app.menu': 'Rubriques',
    'app.skip': 'Aller au contenu',
    'app.offline': 'Vous êtes hors connexion. Ce que vous avez déjà lu reste lisible.',
    'app.reader':
      'Préau répond en partie. Vous pouvez lire\u00a0; vos enfants et vos signatures s’afficheront dès que possible.',
    'app.waiting': '{count, plural, one {# envoi attend} other {# envois attendent}} le réseau sur cet appareil.',
    'app.waiting.kept': 'Rien n’est perdu.',
    'app.waiting.lost':
      '{count, plural, one {Cet appareil ne peut pas garder ce que vous avez fait} other {Cet appareil ne peut pas garder # choses que vous avez faites}}\u00a0: son espace est plein, ou refusé. Laissez cette page ouverte jusqu’à l’envoi, ou copiez votre texte ailleurs.',
    'app.waiting.soon': 'Revenez d’ici sept jours\u00a0: passé ce délai, ce navigateur peut effacer ce qui attend.',
    'app.refused': '«\u00a0{what}\u00a0»\u00a0: ce que vous avez envoyé ({when}) n’a pas été accepté.',
    'app.refused.see': 'Voir pourquoi',
    'app.refused.remove': 'Ne plus envoyer',
    'app.refused.removed': 'Ce ne sera plus envoyé.',
    'app.update': 'Une nouvelle version de Préau est prête.',
    'app.update-now': 'L’utiliser maintenant',
    'app.update-later': 'Plus tard',
    'app.not-found': 'Page introuvable',
    'app.not-found-words': 'Cette adresse ne mène nulle part, ou ce qui s’y trouvait a été retiré.',
    'app.to-home': 'Revenir à l’accueil',
    'app.no-permission': 'Réservé à d’autres rôles',
    'app.no-permission-words': 'Cette page est faite pour d’autres que vous. Rien ne vous manque.',
    'app.error': 'Cette page ne s’affiche pas',
    'app.error-words':
      'Quelque chose n’a pas fonctionné de notre côté. Ce que vous aviez commencé est gardé sur cet appareil.',
    'app.reload': 'Recharger la page',
    'app.unreachable': 'Préau ne répond pas',
    'app.unreachable-words': 'Vérifiez votre connexion. Cette page se rechargera dès qu’elle sera revenue.',
  },
  en: {
    'app.new-code':
      'A new code was given for your account ({when}). Whoever has it can choose another password. If you did not ask for it, change your password: the code will no longer work.',
    'app.new-code.by':
      '{by} gave a new code for your account ({when}). Whoever has it can choose another password. If you did not ask for it, change your password: the code will no longer work.',
    'app.new-code.change': 'Change my password',
    'app.frozen':
      'Nothing goes out from your account any more: your publishing is frozen ({when}). See the head of your school. You can still read.',
    'app.frozen.by':
      'Nothing goes out from your account any more: {by} froze your publishing ({when}). See the head of your school. You can still read.',
    'app.description': 'Your school’s digital workspace',
    'app.menu': 'Places',
    'app.skip': 'Skip to content',
    'app.offline': 'You are offline. What you have already read stays readable.',
    'app.reader': 'Préau answers in part. You can read; your children and signatures will show as soon as possible.',
    'app.waiting': '{count, plural, one {# item waits} other {# items wait}} for the network on this device.',
    'app.waiting.kept': 'Nothing is lost.',
    'app.waiting.lost':
      '{count, plural, one {This device cannot keep what you made} other {This device cannot keep # things that you made}}: its space is full, or refused. Leave this page open until it is sent, or copy your text elsewhere.',
    'app.waiting.soon': 'Come back within seven days: after that this browser may delete what waits.',
    'app.refused': '“{what}”: what you sent ({when}) was not accepted.',
    'app.refused.see': 'See why',
    'app.refused.remove': 'Do not send it',
    'app.refused.removed': 'It will not be sent.',
    'app.update': 'A new version of Préau is ready.',
    'app.update-now': 'Use it now',
    'app.update-later': 'Later',
    'app.not-found': 'Page not found',
    'app.not-found-words': 'This address leads nowhere, or what was here has been taken back.',
    'app.to-home': 'Back to home',
    'app.no-permission': 'For other roles',
    'app.no-permission-words': 'This page is made for others than you. You are missing nothing.',
    'app.error': 'This page does not show',
    'app.error-words': 'Something went wrong on our side. What you had begun is kept on this device.',
    'app.reload': 'Reload the page',
    'app.unreachable': 'Préau does not answer',
    'app.unreachable-words': 'Check your connection. This page reloads as soon as it is back.',
  },
})
