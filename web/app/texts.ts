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
    'app.update': 'Une nouvelle version de Préau est prête.',
    'app.update-now': 'L’utiliser maintenant',
    'app.update-later': 'Plus tard',
    'app.not-found': 'Page introuvable',
    'app.not-found-words': 'Cette adresse ne mène nulle part, ou ce qui s’y trouvait a été retiré.',
    'app.to-home': 'Revenir à l’accueil',
    'app.no-permission': 'Réservé à d’autres rôles',
    'app.no-permission-words': 'Cette page sert à ceux qui gèrent l’établissement. Rien ne vous manque.',
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
    'app.update': 'A new version of Préau is ready.',
    'app.update-now': 'Use it now',
    'app.update-later': 'Later',
    'app.not-found': 'Page not found',
    'app.not-found-words': 'This address leads nowhere, or what was here has been taken back.',
    'app.to-home': 'Back to home',
    'app.no-permission': 'For other roles',
    'app.no-permission-words': 'This page serves those who run the school. You are missing nothing.',
    'app.error': 'This page does not show',
    'app.error-words': 'Something went wrong on our side. What you had begun is kept on this device.',
    'app.reload': 'Reload the page',
    'app.unreachable': 'Préau does not answer',
    'app.unreachable-words': 'Check your connection. This page reloads as soon as it is back.',
  },
})
