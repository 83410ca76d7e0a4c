import type { sessionProblems } from '../../shared/session/contract.ts'
import { catalogue } from '../platform/catalogue.ts'
import type { FailureTexts } from '../platform/failure-words.ts'

/** Why somebody cannot sign in. The other problems of the feature are explained in activation/texts.ts. */
export type SignInProblems = Pick<
  typeof sessionProblems,
  'wrong-credentials' | 'account-suspended' | 'too-many-attempts' | 'factor-asked'
>

/** Signing in, and the layout of the screens before it. */
export const texts = catalogue({
  fr: {
    'session.sign-in': 'Se connecter',
    'session.welcome': 'L’espace de votre établissement, pour tous.',
    'session.offline': 'Vous êtes hors connexion. Il faut du réseau pour entrer.',
    'session.login': 'Identifiant',
    'session.login-missing': 'Saisissez votre identifiant.',
    'session.password': 'Mot de passe',
    'session.password-missing': 'Saisissez votre mot de passe.',
    'session.personal': 'C’est mon appareil',
    'session.personal-hint': 'Vous resterez connecté. À laisser vide sur un appareil partagé.',
    'session.first-time': 'Première visite\u00a0?',
    'session.activate-link': 'Activer mon compte',
    'session.forgotten':
      'Mot de passe oublié\u00a0? L’établissement vous remet un nouveau code, avec lequel vous en choisissez un autre.',
    'session.wait-seconds':
      '{count, plural, one {Trop d’essais. Vous pourrez recommencer dans # seconde.} other {Trop d’essais. Vous pourrez recommencer dans # secondes.}}',
    'session.wait-minutes':
      '{count, plural, one {Trop d’essais. Vous pourrez recommencer dans # minute.} other {Trop d’essais. Vous pourrez recommencer dans # minutes.}}',
    'session.wait-over': 'Vous pouvez recommencer.',
    'session.next': 'Après la connexion, vous reviendrez là où vous étiez.',
    'session.cookies-refused':
      'Votre navigateur refuse les cookies de Préau, sans lesquels il ne peut pas vous reconnaître. Autorisez-les dans les réglages du navigateur, puis connectez-vous.',
    'session.signed-out-elsewhere': 'Vous vous êtes déconnecté dans un autre onglet.',
    'failure.wrong-credentials': 'L’identifiant ou le mot de passe n’est pas le bon.',
    'failure.factor-asked': 'Le mot de passe est le bon. Il reste une seconde étape.',
    'failure.account-suspended': 'Ce compte est suspendu. Adressez-vous à l’établissement.',
    'failure.too-many-attempts':
      '{seconds, plural, =0 {Trop d’essais. Patientez un peu avant de recommencer.} one {Trop d’essais. Patientez # seconde.} other {Trop d’essais. Patientez # secondes.}}',
  } satisfies FailureTexts<SignInProblems>,
  en: {
    'session.sign-in': 'Sign in',
    'session.welcome': 'Your school’s place, for everybody.',
    'session.offline': 'You are offline. Entering needs a network.',
    'session.login': 'Login',
    'session.login-missing': 'Enter your login.',
    'session.password': 'Password',
    'session.password-missing': 'Enter your password.',
    'session.personal': 'This is my own device',
    'session.personal-hint': 'You will stay signed in. Leave it empty on a shared device.',
    'session.first-time': 'First visit?',
    'session.activate-link': 'Activate my account',
    'session.forgotten': 'Forgotten your password? The school gives you a new code, with which you choose another.',
    'session.wait-seconds':
      '{count, plural, one {Too many attempts. You can try again in # second.} other {Too many attempts. You can try again in # seconds.}}',
    'session.wait-minutes':
      '{count, plural, one {Too many attempts. You can try again in # minute.} other {Too many attempts. You can try again in # minutes.}}',
    'session.wait-over': 'You can try again.',
    'session.next': 'Once signed in, you will be back where you were.',
    'session.cookies-refused':
      'Your browser refuses the cookies by which Préau recognises you. Allow them in the browser’s settings, then sign in.',
    'session.signed-out-elsewhere': 'You signed out in another tab.',
    'failure.wrong-credentials': 'The login or the password is not right.',
    'failure.factor-asked': 'The password is right. A second step remains.',
    'failure.account-suspended': 'This account is suspended. Ask the school.',
    'failure.too-many-attempts':
      '{seconds, plural, =0 {Too many attempts. Wait a little before trying again.} one {Too many attempts. Wait # second.} other {Too many attempts. Wait # seconds.}}',
  },
})
