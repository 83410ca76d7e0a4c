import type { sessionProblems } from '../../../shared/session/contract.ts'
import { catalogue } from '../../platform/catalogue.ts'
import type { FailureTexts } from '../../platform/failure-words.ts'
import type { SignInProblems } from '../texts.ts'

/** Activating an account, and choosing a password. */
export const texts = catalogue({
  fr: {
    'session.activate': 'Activer mon compte',
    'session.activate-lead': 'Avec l’identifiant et le code de la feuille remise par l’établissement.',
    'session.code': 'Code d’activation',
    'session.code-hint': 'Douze signes, par exemple k7pq-2m9x-w4td. Majuscules et tirets ne comptent pas.',
    'session.code-missing': 'Saisissez le code qui figure sur la feuille.',
    'session.choose-password': 'Choisissez un mot de passe',
    'session.choose-password-hint':
      'Au moins 12 caractères. Quelques mots sans lien entre eux font un bon mot de passe. Rien n’impose majuscules ni chiffres.',
    'session.long-enough': '12 caractères ou plus',
    'session.missing-characters': '{count, plural, one {encore # caractère} other {encore # caractères}}',
    'session.hard-to-guess': 'Difficile à deviner',
    'session.too-short': 'Il faut au moins 12 caractères.',
    'session.too-common': 'Facile à deviner\u00a0: c’est parmi les premiers que l’on essaie',
    'session.email': 'Adresse électronique',
    'session.optional': '(facultative)',
    'session.email-hint': 'Préau n’y envoie rien pour l’instant. Vous pourrez la changer ou la retirer.',
    'session.email-wrong': 'Cette adresse est incomplète. Exemple\u00a0: prenom@exemple.fr',
    'session.activate-action': 'Activer et entrer',
    'session.have-account': 'J’ai déjà un mot de passe',
    'failure.wrong-code':
      'L’identifiant ou le code n’est pas le bon, ou le code a expiré. L’école peut vous en donner un autre.',
    'failure.already-activated': 'Ce compte est déjà activé. Connectez-vous avec son mot de passe.',
    'failure.password-too-short': 'Le mot de passe doit compter au moins 12 caractères.',
    'failure.password-too-common': 'Ce mot de passe est trop facile à deviner. Choisissez-en un autre.',
  } satisfies FailureTexts<Omit<typeof sessionProblems, keyof SignInProblems>>,
  en: {
    'session.activate': 'Activate my account',
    'session.activate-lead': 'With the login and the code on the sheet the school gave you.',
    'session.code': 'Activation code',
    'session.code-hint': 'Twelve characters, such as k7pq-2m9x-w4td. Capitals and hyphens do not matter.',
    'session.code-missing': 'Enter the code that is on the sheet.',
    'session.choose-password': 'Choose a password',
    'session.choose-password-hint':
      'At least 12 characters. A few words that have nothing to do with each other make a good password. No capitals or digits are required.',
    'session.long-enough': '12 characters or more',
    'session.missing-characters': '{count, plural, one {# character to go} other {# characters to go}}',
    'session.hard-to-guess': 'Hard to guess',
    'session.too-short': 'It needs at least 12 characters.',
    'session.too-common': 'Easy to guess: it is among the first ones tried',
    'session.email': 'E-mail address',
    'session.optional': '(optional)',
    'session.email-hint': 'Préau sends nothing there yet. You can change or remove it later.',
    'session.email-wrong': 'This address is incomplete. Example: name@example.org',
    'session.activate-action': 'Activate and enter',
    'session.have-account': 'I already have a password',
    'failure.wrong-code':
      'The login or the code is not right, or the code has expired. The school can give you another.',
    'failure.already-activated': 'This account is already activated. Sign in with its password.',
    'failure.password-too-short': 'The password needs at least 12 characters.',
    'failure.password-too-common': 'This password is too easy to guess. Choose another.',
  },
})
