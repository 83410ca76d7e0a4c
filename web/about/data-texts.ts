import { catalogue } from '../platform/catalogue.ts'

/** What is known of people, what for, and what they may ask. */
export const texts = catalogue(
  {
    fr: {
      'about.data': 'Données personnelles',
      'about.data.lead':
        'Ce que Préau sait de vous, à quoi cela sert et ce que vous pouvez demander (articles 13 et 14 du règlement européen 2016/679, dit RGPD).',
      'about.data.who': 'Qui en répond',
      'about.data.controller': 'Responsable du traitement',
      'about.data.officer': 'Délégué à la protection des données',
      'about.data.why': 'À quoi elles servent',
      'about.data.why.account': 'ouvrir votre compte et vous reconnaître\u00a0;',
      'about.data.why.news': 'vous montrer les actualités de vos établissements et recueillir vos réponses\u00a0;',
      'about.data.why.seen': 'dire à l’auteur d’une actualité qui l’a ouverte et qui a répondu\u00a0;',
      'about.data.why.school':
        'permettre à l’établissement de remettre des codes et de tenir son annuaire à jour\u00a0;',
      'about.data.why.safety': 'empêcher que l’on devine votre mot de passe.',
      'about.data.basis': 'Sur quelle base',
      'about.data.what': 'Quelles données, et d’où elles viennent',
      'about.data.what.directory':
        'De l’annuaire (du ministère, ou de l’établissement)\u00a0: nom et prénom, rôle, classes et groupes, liens entre responsables légaux et élèves. Adresses, téléphones et numéro national des élèves ne sont gardés que sous une empreinte, qui sert à reconnaître une même personne dans deux annuaires.',
      'about.data.what.you':
        'De vous\u00a0: votre mot de passe, sous une forme d’où l’on ne peut pas le tirer\u00a0; ce que vous publiez, ouvrez, signez ou répondez\u00a0; votre langue. Votre adresse électronique, si vous la donnez\u00a0: c’est facultatif.',
      'about.data.what.device':
        'De votre navigateur\u00a0: le genre d’appareil et l’heure de vos connexions. L’adresse réseau n’est gardée que sous une empreinte, pour compter les essais.',
      'about.data.what.none':
        'Préau ne mesure pas l’audience, ne fait pas de publicité et n’appelle aucun autre site. Aucune décision n’est prise par un programme à votre sujet.',
      'about.data.recipients': 'Qui les voit',
      'about.data.recipients.school':
        'Les personnes de vos établissements, chacune selon son rôle\u00a0: un auteur voit qui a ouvert ce qu’il a publié\u00a0; la direction et l’administration voient l’annuaire de leur établissement\u00a0; un responsable légal ne voit que ses enfants.',
      'about.data.recipients.host':
        'L’hébergeur, pour le compte du responsable du traitement. Les données sont conservées dans l’Union européenne.',
      'about.data.kept': 'Combien de temps',
      'about.data.kept.session':
        'Connexions\u00a0: 30 jours après le dernier usage, 60 jours au plus\u00a0; 12 heures sur un appareil partagé.',
      'about.data.kept.code': 'Codes d’activation\u00a0: 60 jours.',
      'about.data.kept.feeds':
        'Fichiers de l’annuaire reçus\u00a0: 30 jours. Comptes rendus de leur lecture\u00a0: 90 jours.',
      'about.data.kept.logs': 'Journaux techniques, sans nom ni texte\u00a0: six mois.',
      'about.data.kept.left':
        'Après un départ\u00a0: le compte et tout ce qui désigne la personne sont effacés dans {months, plural, one {le mois} other {les # mois}}, et ne restent que dans les sauvegardes, 35 jours de plus. Ce qu’elle a publié reste, sous le nom de l’établissement.',
      'about.data.kept.territory': 'Publications\u00a0:',
      'about.data.browser': 'Ce que garde votre navigateur',
      'about.data.browser.cookies':
        'Trois cookies, sans lesquels Préau ne vous reconnaîtrait pas\u00a0: la connexion en cours, son renouvellement et l’appareil. La loi les dispense de consentement.',
      'about.data.browser.kept':
        'Sur un appareil à vous\u00a0: vos réglages et ce que vous avez lu, pour le retrouver sans réseau. Tout est effacé quand vous vous déconnectez, sauf la langue et l’apparence.',
      'about.data.rights': 'Vos droits',
      'about.data.rights.ask':
        'Vous pouvez demander à voir vos données, à les faire corriger ou effacer, à en limiter l’usage, et vous y opposer pour des raisons qui tiennent à votre situation. Écrivez au délégué à la protection des données. Pour une erreur de l’annuaire, adressez-vous à l’établissement.',
      'about.data.rights.complain':
        'Si la réponse ne vous satisfait pas, vous pouvez adresser une réclamation à la CNIL\u00a0:',
    },
    en: {
      'about.data': 'Personal data',
      'about.data.lead':
        'What Préau knows of you, what for, and what you may ask (articles 13 and 14 of the EU regulation 2016/679, the GDPR).',
      'about.data.who': 'Who answers for them',
      'about.data.controller': 'Controller',
      'about.data.officer': 'Data protection officer',
      'about.data.why': 'What they are for',
      'about.data.why.account': 'to open your account and recognise you;',
      'about.data.why.news': 'to show you the news of your schools and collect your answers;',
      'about.data.why.seen': 'to tell the author of news who opened them and who answered;',
      'about.data.why.school': 'to let the school hand out codes and keep its directory up to date;',
      'about.data.why.safety': 'to prevent others from guessing your password.',
      'about.data.basis': 'On what basis',
      'about.data.what': 'Which data, and where they come from',
      'about.data.what.directory':
        'From the directory (of the ministry, or of the school): names, role, classes and groups, links between legal guardians and pupils. Addresses, phone numbers and pupils’ national number are kept as fingerprints only, to recognise one person in two directories.',
      'about.data.what.you':
        'From you: your password, in a form from which it cannot be had; what you publish, open, sign or answer; your language. Your e-mail address if you give it: that is optional.',
      'about.data.what.device':
        'From your browser: the kind of device and when you sign in. The network address is kept as a fingerprint only, to count attempts.',
      'about.data.what.none':
        'Préau measures no audience, shows no advertising and calls no other site. No decision about you is made by a program.',
      'about.data.recipients': 'Who sees them',
      'about.data.recipients.school':
        'The people of your schools, each by their role: an author sees who opened what they published; head and administrators see their school’s directory; a legal guardian sees their own children alone.',
      'about.data.recipients.host': 'The host, on behalf of the controller. Data are stored within the European Union.',
      'about.data.kept': 'For how long',
      'about.data.kept.session':
        'Sessions: 30 days after they were last used, 60 days at most; 12 hours on a shared device.',
      'about.data.kept.code': 'Activation codes: 60 days.',
      'about.data.kept.feeds': 'Directory files received: 30 days. Reports on how they were read: 90 days.',
      'about.data.kept.logs': 'Technical logs, without names or texts: six months.',
      'about.data.kept.left':
        'After somebody leaves: the account and all that tells who they are is erased within {months, plural, one {a month} other {# months}}, and is in backups alone for 35 days more. What they published stays, under the name of the school.',
      'about.data.kept.territory': 'Publications:',
      'about.data.browser': 'What your browser keeps',
      'about.data.browser.cookies':
        'Three cookies without which Préau would not recognise you: the session, its renewal, and the device. The law asks for no consent to these.',
      'about.data.browser.kept':
        'On a device of your own: your settings and what you have read, to find it again without a network. All of it is deleted when you sign out, but for language and appearance.',
      'about.data.rights': 'Your rights',
      'about.data.rights.ask':
        'You may ask to see your data, to have them corrected or erased, to restrict their use, and object to it for reasons of your situation. Write to the data protection officer. For a mistake in the directory, ask the school.',
      'about.data.rights.complain':
        'If the reply does not satisfy you, you may complain to the CNIL, the French authority:',
    },
  },
  { apart: true },
)
