/**
 * What attackers try first, as they do: whole passwords of twelve characters or more, and the words that most
 * others are put together from. Folded: lower case, no accents. Gathered from what is commonly published about leaked
 * passwords, English and French; the words of school, families and football are those of our own people.
 */
const whole = `
iloveyouforever iloveyousomuch iloveyoubaby iloveyou1234 iloveyou12345 letmeinplease letmein123456 trustno1trustno1
welcometohell welcometothejungle correcthorsebatterystaple correct horse battery staple thisismypassword
thisisapassword mypasswordis mysecretpassword mynewpassword nopasswordneeded passwordpassword passw0rdpassw0rd
changemeplease changeitnow changethispassword administrator administrateur superadministrator rootrootroot
testtesttest guestguest123 onetwothreefour unpassword motdepassesecret monmotdepasse monmotdepasse1 lemotdepasse
motdepasseperdu motdepasseoublie jaioubliemonmotdepasse jenesaispas jenesaispas1 jesuistropbeau jesuistropbelle jenesaispasquoimettre
jetaimemonamour jetaimepourlavie jetaimefort jetaimetropfort jetaimeatoi jtmpourlavie jtmplustout jtmfortfort
monamourpourlavie amourpourtoujours pourlavie123 pourtoujours1 mafamillejetaime mafamilledabord
mamanjetaime papajetaime mamanpapajetaime jaimemaman jaimemamaman jaimemonpapa mesenfants123 mesenfantsmavie
mesdeuxamours mestroisamours mespetitsamours monpetitcoeur moncoeur1234 moncherieamour macherieamour
vivelafrance vivelafrance1 vivelesvacances vivelecole vivelespoir allezlesbleus allezlesverts allezlom1234
allezparis123 allezpsg1234 parissaintgermain parissg12345 olympiquedemarseille olympiquelyonnais
olympiquelyon realmadrid123 fcbarcelona1 fcbarcelone1 manchesterunited manchestercity liverpoolfc1
cristianoronaldo cristiano7 ronaldo777777 kylianmbappe zinedinezidane leomessi1010 zizou1998zizou
harrypotter123 harrypotter1 hermionegranger starwars1234 dragonballz1 dragonballsuper pokemonpikachu
narutouzumaki minecraft1234 fortnite12345 callofduty123 grandtheftauto counterstrike leagueoflegends
onepieceluffy monkeydluffy spiderman1234 superman12345 batman123456 hellokitty123 princesse123 princesse1234
barbapapa1234 titeufnadia1 asterixobelix asterixetobelix tintinetmilou abracadabra1 supercalifragilisticexpialidocious
bonjourlemonde bonjouratous helloworld123 helloworld1234 helloeveryone coucoucoucou coucoulesgens coucoulesamis
azertyuiopqsd azertyuiopqsdfghjklm azertyqsdfgh azertyqwerty azerty123456 azerty12345678 azertyuiop12 azqswxedcrfv
qwertyasdfgh qwerty123456 qwertyuiop12 qwertzuiop12 qazwsxedcrfv qazwsxedc123 1qaz2wsx3edc 1qazxsw23edc zaq12wsxcde3
1q2w3e4r5t6y 1q2w3e4r5t6y7u 1a2z3e4r5t6y 1a2z3e4r5t6y7u q1w2e3r4t5y6 a1z2e3r4t5y6 aqwzsxedcrfv aqwxszedcvfr
aqwzsxedc123 wxcvbnqsdfgh wxcvbnazerty poiuytreza123 mlkjhgfdsq12 asdfghjkl123 zxcvbnm12345 asdfzxcvqwer
poiuytrewq12 abcdefghijkl abcdefgh1234 abcd1234abcd abc123abc123 abcabc123123 a1b2c3d4e5f6 aabbccddeeff
a123456789a1 123456789abc 123abc456def 123soleil123 unjourmonprince liberteegalitefraternite liberte egalite fraternite
ilovefrance1 ilovemyfamily ilovemymother ilovejesus123 jesuslovesme jesuschrist1 godisgood123 inshallah1234
allahouakbar alhamdulillah bismillah123 bismillah786 mashallah123 jesuisleboss jesuislemeilleur jesuislameilleure
jesuisbelle1 jesuisbeau123 jesuischarlie jesuisfatigue jaimelecole jaimepaslecole jaimelesmaths jaimelefoot
jaimelapizza jaimelechocolat jaimeleschats jaimeleschiens jaimeleschevaux chocolatchaud petitchat123
chatonmignon licorne12345 licornemagique arcenciel123 papillon1234 tournesol123 coccinelle12 marguerite12
clairefontaine montdepassage touteslesfleurs leschatsdumaquis lepetitprince lepetitprince1 laviestbelle laviestbelle1
lavieestbelle lavieestbelle1 lavieenrose1 carpediem123 carpediem1234 hakunamatata hakunamatata1 nevergiveup123
nevergiveup1 yesweareopen dontforgetme donttouchme dontworrybehappy neverforgetyou livelaughlove onlygodcanjudgeme
rentreescolaire vacancesdete vacancesscolaires grandesvacances ecoleprimaire ecolematernelle ecoleelementaire
collegefrance lyceefrance1 maitresse123 professeur123 professeur12 directeur1234 directrice123 secretariat12
viescolaire1 viescolaire123 educationnationale academiedeparis academiedelyon espacenumerique moncollege123
monlycee1234 monecole1234 pronote12345 pronote2024 pronote2025 pronote2026 eduscol12345 numerique1234
boulangerie1 football12345 basketball12 rugbyrugby12 handball1234 natation1234 equitation12 gymnastique1
snoopysnoopy toutoutoutou doudoudoudou loulouloulou titititititi minouminou12 chouchouchou nounoursnounours
computer1234 internet1234 samsung12345 motorola1234 nokia1234567 iphone123456 google123456 facebook1234
instagram123 snapchat1234 whatsapp1234 youtube12345 netflix12345 orange123456 bouygues1234 freebox12345 livebox12345
`

const words = `
password passwort passwd passord motdepasse motpasse mdp mdpmdp passe secret secrete code codes acces access login
admin root user test tests demo guest invite welcome bienvenue bonjour bonsoir salut coucou hello hallo hola ciao
letmein changeme change master super boss chef king queen prince princess princesse reine roi star stars
iloveyou love lovely loveyou jetaime jetadore tjrs jtm amour amours cheri cherie coeur bisou bisous calin bebe baby
doudou loulou louloute titi minou minouche nounours chouchou choupette choupinette poupette pupuce puce bichon
poussin lapin canard chaton chat chats chien chiens toutou cheval poney licorne dauphin tigre lion loup panda requin
dragon monkey tiger horse kitty puppy cookie cupcake candy cherry banana orange pomme fraise cerise chocolat
caramel vanille bonbon nutella pizza sushi coca cola soleil lune etoile etoiles ciel mer plage ete hiver printemps
automne neige fleur fleurs rose roses jasmin violette papillon coccinelle tournesol nature sunshine summer winter
spring autumn flower butterfly rainbow freedom liberte egalite fraternite paix espoir bonheur sourire
france french paris lyon marseille bordeaux toulouse nantes lille nice strasbourg rennes montpellier bretagne corse
alsace normandie provence portugal algerie maroc tunisie italia italie espagne london londres america europe
football foot basket rugby tennis hand danse dance judo karate natation velo moto ferrari porsche mercedes audi
bmw renault peugeot citroen psg ogcnice asse losc juventus milan arsenal chelsea liverpool barcelona barcelone barca
realmadrid madrid messi ronaldo neymar mbappe zidane zizou griezmann champion champions
superman batman spiderman ironman hulk thor naruto sasuke luffy goku vegeta onepiece pokemon pikachu mario luigi
sonic zelda minecraft fortnite roblox callofduty warcraft starwars skywalker matrix harrypotter potter hermione
gandalf frodo simpson homer shrek elsa anna disney mickey minnie donald snoopy titeuf asterix obelix tintin milou
maman papa mamie papy papi mami mere pere frere soeur famille family enfants enfant fils fille garcon filles ami amis
copain copine best friend friends bestfriend mariage juin juillet aout septembre octobre novembre decembre janvier
fevrier mars avril mai lundi mardi mercredi jeudi vendredi samedi dimanche january february march april may june july
august september october november december monday tuesday wednesday thursday friday saturday sunday vacances noel
toussaint paques rentree
preau ecole ecoles college lycee lyceen collegien eleve eleves classe classes prof profs professeur maitre maitresse
instit directeur directrice principal proviseur cpe parent parents maternelle primaire cantine cartable recreation
maths francais anglais histoire sciences musique bac brevet ent pronote cours devoir devoirs sixieme cinquieme
quatrieme troisieme seconde premiere terminale cp ce1 ce2 cm1 cm2
computer ordinateur internet google facebook instagram snapchat tiktok youtube netflix apple iphone samsung android
windows microsoft linux wifi freebox livebox orange
jesus christ god dieu allah angel ange angels demon diable devil lucifer satan shadow ghost killer ninja pirate
hunter ranger soldier warrior phoenix falcon eagle mustang harley jordan michael jennifer jessica ashley amanda
andrew daniel david robert william thomas charlie george anthony joshua matthew nicole hannah
marie jean pierre paul jacques louis michel philippe alain bernard nicolas christophe patrick laurent sebastien
stephane frederic julien olivier pascal eric vincent antoine alexandre maxime kevin romain guillaume mathieu matthieu
jeremy jeremie florian quentin valentin clement hugo lucas theo enzo nathan mathis leo gabriel raphael arthur jules
adam ethan noah liam tom noe sacha timeo mael marius victor martin baptiste benjamin simon mohamed mehdi karim samir
rayan yanis amine bilal ibrahim ismael youssef nathalie isabelle sylvie catherine martine christine francoise valerie
sandrine stephanie veronique celine sophie chantal patricia brigitte monique nicole laurence virginie emilie aurelie
julie laura camille manon lea chloe emma ines jade louise alice lina mila rose lola zoe juliette sarah eva clara
romane margaux mathilde pauline oceane marine charlotte elodie melanie caroline laetitia vanessa audrey sabrina
fatima yasmine nadia samira amel sofia lilou nina elise lucie agathe jeanne victoire capucine
azerty azertyuiop qwerty qwertyuiop qwertz qsdfgh wxcvbn asdfgh zxcvbn qazwsx azeqsd zaqwsx aqwzsx
noir noire blanc blanche bleu bleue rouge vert verte jaune violet gris black white blue green yellow purple silver
golden gold money argent diamond diamant cool genial trop forever toujours pourtoujours lavie mavie monamour moncoeur
happy smile sweet sexy beautiful belle beau joli jolie mignon petit petite grand grande gros grosse mon ma mes moi toi
les des une the and you my me
`

const setOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Whole passwords, letters and digits only, and words: read on first use. */
let held: { readonly whole: ReadonlySet<string>; readonly words: ReadonlySet<string> } | undefined

/** The two lists. */
export const commonPasswords = () => {
  if (!held) held = { whole: setOf(whole), words: setOf(words) }
  return held
}
