import { catalogue } from '../platform/catalogue.ts'

/** What the pages about the service share, and the page of help. */
export const texts = catalogue(
  {
    fr: {
      'about.missing': 'pas encore renseigné par le territoire',
      'about.to-account': 'Mon compte',
      'about.to-sign-in': 'Se connecter',
      'about.contact.name': 'Nom',
      'about.contact.address': 'Adresse',
      'about.contact.phone': 'Téléphone',
      'about.contact.email': 'Adresse électronique',
      'about.contact.form': 'Formulaire',
      'about.contact.hours': 'Horaires',
      'about.help': 'Aide',
      'about.help.enter': 'Entrer dans Préau',
      'about.help.first':
        'Première visite\u00a0: touchez «\u00a0Activer mon compte\u00a0», puis saisissez l’identifiant et le code de la feuille que l’établissement vous a remise. Vous choisissez alors votre mot de passe.',
      'about.help.forgotten':
        'Mot de passe oublié, feuille perdue ou code expiré\u00a0: demandez un nouveau code à l’établissement. Lui seul peut vérifier qui vous êtes.',
      'about.help.attempts':
        '«\u00a0Trop d’essais\u00a0»\u00a0: attendez le temps indiqué, puis recommencez. Votre compte n’est pas fermé.',
      'about.help.suspended':
        'Compte suspendu\u00a0: l’annuaire ne vous rattache plus à un établissement. Adressez-vous à celui de votre enfant, ou au vôtre.',
      'about.help.device': 'Sur votre appareil',
      'about.help.browser':
        'Préau s’ouvre dans un navigateur, sur un téléphone, une tablette ou un ordinateur. Il n’y a rien à installer. Le menu du navigateur permet de l’ajouter à l’écran d’accueil.',
      'about.help.shared':
        'Sur un appareil partagé, ne cochez pas «\u00a0C’est mon appareil\u00a0», et déconnectez-vous en partant.',
      'about.help.lost':
        'Appareil perdu ou volé\u00a0: connectez-vous depuis un autre, ouvrez «\u00a0Mon compte\u00a0» et déconnectez celui que vous n’avez plus.',
      'about.help.offline': 'Sans réseau, ce que vous avez déjà lu sur votre appareil reste lisible.',
      'about.help.wrong': 'Ce qui n’est pas exact',
      'about.help.directory':
        'Un nom, une classe ou un enfant qui manque\u00a0: ces informations viennent de l’annuaire de l’établissement, qui les corrige.',
      'about.help.news': 'Une actualité ou un mot\u00a0: adressez-vous à son auteur, dont le nom est indiqué.',
      'about.help.contact': 'À qui s’adresser',
      'about.help.school':
        'À l’établissement d’abord\u00a0: il connaît votre compte. Si Préau lui-même ne fonctionne pas\u00a0:',
    },
    en: {
      'about.missing': 'not yet filled in by the territory',
      'about.to-account': 'My account',
      'about.to-sign-in': 'Sign in',
      'about.contact.name': 'Name',
      'about.contact.address': 'Address',
      'about.contact.phone': 'Phone',
      'about.contact.email': 'E-mail',
      'about.contact.form': 'Form',
      'about.contact.hours': 'Hours',
      'about.help': 'Help',
      'about.help.enter': 'Getting in',
      'about.help.first':
        'First visit: choose “Activate my account”, then enter the login and the code of the sheet that the school gave you. You then choose your password.',
      'about.help.forgotten':
        'Forgotten password, lost sheet or expired code: ask the school for a new code. The school alone can check who you are.',
      'about.help.attempts':
        '“Too many attempts”: wait as long as it says, then try again. Your account is not closed.',
      'about.help.suspended':
        'Suspended account: the directory no longer links you to a school. Ask your child’s school, or your own.',
      'about.help.device': 'On your device',
      'about.help.browser':
        'Préau opens in a browser, on a phone, a tablet or a computer. There is nothing to install. The browser’s menu lets you add it to the home screen.',
      'about.help.shared': 'On a shared device, do not tick “This is my own device”, and sign out when you leave.',
      'about.help.lost':
        'Lost or stolen device: sign in on another one, open “My account” and sign out the one that you no longer have.',
      'about.help.offline': 'Without a network, what you have already read on your device stays readable.',
      'about.help.wrong': 'What is not right',
      'about.help.directory':
        'A name, a class or a child that is missing: these come from the directory of the school, which corrects them.',
      'about.help.news': 'A piece of news or a notice: ask its author, who is named on it.',
      'about.help.contact': 'Whom to ask',
      'about.help.school': 'The school first: it knows your account. If Préau itself does not work:',
    },
  },
  { apart: true },
)
