// Words that say nothing about what a comment is about: those that hold a sentence together, and those that only tell its tone.

/** Holds sentences together. English first, then the languages most met beside it. */
export const STOP_WORDS = `a an the this that these those i me my mine myself we us our ours you your yours he him his she her hers it its they them their theirs who whom whose which what
when where why how all any both each few more most other some such no nor not only own same so than too very can will just don dont should shouldnt now am is are was were be been being have has
had having do does did doing done would wouldnt could couldnt cannot cant wont didnt doesnt isnt wasnt werent hasnt havent hadnt arent aint im ive id ill youre youve theyre theyve weve were its
thats theres whats lets and but if or because as until while of at by for with about against between into through during before after above below to from up down in out on off over under again
further then once here there also even still yet ever never always often sometimes usually already almost enough quite rather really actually basically literally simply however though although
despite since without within upon across among around along per via vs etc eg ie get gets got getting gotten go goes going gone went come comes came coming make makes made making take takes took
taking taken give gives gave given giving put puts say says said saying tell tells told telling know knows knew known think thinks thought want wants wanted need needs needed try tries tried trying
use uses used using let keep keeps kept see sees saw seen seem seems seemed look looks looked looking find finds found feel feels felt ask asks asked asking like one two three four five six seven
eight nine ten first second last next another every everyone everybody everything someone somebody something anyone anybody anything nobody none nothing much many lot lots bit little less least
thing things way ways time times day days week weeks month months year years hour hours minute minutes today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday morning
evening night ago yes no ok okay oh well hi hello dear please thank thanks thx ty pls plz u ur r n b c d e f g h j k l m o p q s t v w x y z amp gt lt nbsp quot http https www com re ve ll may might
must shall back away else instead maybe perhaps probably sure anyway whether either neither ask able unable due rather lots several whole half part kind sort type able become became becoming
been being certain different else especially far happen happened happens however keep long mean means new old people person place point right start started stuff stop stopped until went
receive receives received receiving provide provides provided providing work works working worked end ended big small high low left only however need wish hope guess believe bring brought show showed shown turn turned run ran set leave leaves leaving left
nan none na comment comments answer question guy guys hey help helps helped possible amount couple notice noticed add added hr hrs min mins sec soon asap later earlier early previous
previous previously current currently main fully together apart guess idea regards regarding respect matter matters level various general side area pretty simple half wish hopefully folks`;

/** Of other languages: told apart from English by the words being no English content words. */
export const FOREIGN_STOP_WORDS = `der die das den dem des ein eine einen einem einer und oder aber nicht kein keine ich du er sie es wir ihr mein meine meinen dein sein seine ihre unser unsere mir mich dir dich
ihm ihn uns euch ist sind war waren bin hat haben hatte hatten wird werden wurde wurden auf aus bei mit nach seit von vor zu zum zur im ins am für durch ohne um bis als wie wenn dass weil auch noch nur
sehr schon immer wieder mehr man was wer wo hier da dann doch so alles leider bitte danke mal ganz gar nun nichts etwas viel kann kam ging gibt habe hab über unter beim vom einfach
le la les un une des du de et ou mais ne pas plus je tu il elle nous vous ils elles mon ma mes ton sa ses notre nos votre vos leur leurs ce cet cette ces qui que quoi dont où est sont était étaient ai
as avons avez ont avait été être avoir fait faire dans sur sous avec sans pour par chez en au aux y se si très tout tous toute toutes bien aussi encore jamais rien comme quand car donc alors trop
peu cela ça ils merci bonjour
el los las una unos unas y o pero no ni yo tú él ella nosotros ellos mi mis tu su sus nuestro este esta estos estas ese esa que quien cual donde cuando como es son era fue ser estar está están he ha han
había hay tiene en con sin para por desde hasta sobre entre muy más menos ya también todo todos toda todas nada nunca siempre me te se le lo les al del porque gracias bien
il lo gli i uno della delle dei degli nel nella ed ma non io lui lei noi voi loro mio mia suo sua questo questa quello che chi cui dove quando come è sono era erano essere avere ho hai abbiamo hanno
aveva con per tra fra su da di più meno molto anche ancora già sempre mai tutto tutti niente ci si vi mi ti grazie
o os as um uma uns umas e mas não nem eu ele ela nós eles meu minha seu sua este esta isso que quem onde quando como é são era foi ser estar está tem tinha em no na nos nas com sem para por pelo pela
até muito mais menos já também tudo todos nada nunca sempre me te se lhe ao aos do da dos das obrigado
de het een en of maar niet geen ik jij je hij zij ze wij we jullie hun mijn jouw zijn haar ons onze dit dat deze die wat wie waar wanneer hoe is was waren ben bent heeft hebben had hadden wordt werd
worden op uit bij met na van voor door zonder om tot als dan omdat ook nog maar heel erg al altijd weer meer er naar te toe aan over onder zo wel niets iets veel kan
och eller men inte ingen jag du han hon den det vi ni de min mitt mina din sin sitt sina vår våra er ert era deras detta denna dessa som vad vem var när hur är var vara har hade blir blev på av med från
till för utan om att så också bara mycket redan alltid igen mer man här där då ju nu allt inget något kan fick får mig dig sig oss ett en i
og ikke ingen jeg han hun den vi dere dem min mitt mine din sitt sine vår vårt våre deres dette denne disse hva hvem hvor når hvordan er være har hadde blir ble på av fra til uten om at så også bare
veldig allerede alltid igjen mer her der da jo nå alt ikke noe kan fikk får meg deg seg oss et ei en i med mot etter før hvis fordi men som jer mig dig sig os af efter hvad hvornår meget hos blev være`;

/** Starts a part of its own: what follows is about something else. */
export const CONTRAST_WORDS = "but however although though except unfortunately aber mais pero ma mas maar men";

/** Tells only whether somebody is pleased. */
export const TONE_WORDS = `good great excellent amazing awesome fantastic wonderful brilliant perfect perfectly superb outstanding exceptional lovely nice nicely best better fine pleasant pleased pleasure happy
glad delighted satisfied satisfying impressed impressive love loved loves loving like liked likes enjoy enjoyed appreciate appreciated grateful thankful recommend recommended recommending top fab fabulous
marvellous magnificent splendid incredible fair decent cool super solid smooth smoothly terrific positive congratulation well bad badly worse worst terrible terribly awful awfully horrible horribly
horrendous horrific dreadful poor poorly pathetic ridiculous ridiculously disgusting disgusted disgrace disgraceful disgustingly shocking shocked appalling appalled abysmal atrocious unacceptable
inexcusable unbelievable disappointing disappointed disappointment disappoint annoying annoyed annoy frustrating frustrated frustration angry upset upsetting unhappy dissatisfied hate hated hates sick
tired fed sad sadly sorry regret joke laughable shame shameful ashamed useless worthless rubbish crap crappy shit shitty damn hell fuck fucking fucked wtf lol omg suck sucks sucked mess nightmare disaster
stupid idiot idiotic insane crazy mad outrageous fail failed fails failure fault faultless wrong problem problems issue issues trouble complain complaint complaints negative avoid beware never worth
satisfactory adequate acceptable average ok okay alright excellently brilliantly highly absolutely totally completely extremely truly definitely certainly utterly entirely honestly seriously
unfortunately thankfully luckily hopefully obviously clearly particularly generally overall experience experienced improve improved improvement improvements better service services cheers wow yay kudo kudos
star stars rate rated rating feedback review gut schlecht super toll schlimm enttäuscht zufrieden bon bonne mauvais nul bravo déçu content bueno malo excelente pésimo buono cattivo ottimo pessimo bom mau
goed slecht prima bra dålig dårlig godt bedre dåligt fint flott kjempebra utmerket perfekt herlig topp skuffet skuffende fornøyd elendig forferdelig`;

/** Says how somebody or something was, of whatever kind: it tells a theme apart, but what was so has to be named beside it. */
export const MANNER_WORDS = `helpful helpfulness friendly friendliness unfriendly polite politely politeness kind kindly kindness courteous courtesy professional professionally professionalism rude rudely
efficient efficiently efficiency effective effectively prompt promptly quick quickly quicker fast faster slow slowly slower swift swiftly speedy easy easily easier hard difficult calm calmly reassuring
caring considerate attentive approachable respectful respect cheerful chatty supportive informative knowledgeable competent incompetent compassionate compassion dignity sympathetic exactly short reliable
unreliable clean dirty cheap cheaper expensive comfortable uncomfortable genuinely
freundlich freundliche freundlicher unfreundlich hilfsbereit nett nette höflich kompetent schnell schnelle schneller langsam einfach teuer günstig unkompliziert zuverlässig
aimable agréable sympathique gentil rapide rapidement lent facile cher efficace professionnel amable rápido rápida rapido lento fácil caro atento atenta profesional gentile gentili veloce facile
simpático atencioso vriendelijk vriendelijke behulpzaam snel snelle traag duur makkelijk vänlig trevlig hjälpsam snabb snabbt långsam dyr enkelt hyggelig hyggelige vennlig vennlige hjelpsom rask raskt treg
treg dyrt billig enkel lett venlig hurtig hjælpsom`;
