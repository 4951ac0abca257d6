/** English given names, each line a name and what its bearers are called for short. */
const lines = `
abigail abby gail
abraham abe abram bram
adelaide addie ada della
agnes aggie nessie
albert al bert bertie
alexander alec alex al sandy alexandre xander
alexandra alex sandra sandy lexi
alfred alf alfie fred al freddie
alice allie ally
amanda mandy
amelia amy millie milly mel
andrew andy drew
angela angie
ann annie nan anna anne nancy
anthony tony ant
archibald archie baldie
arnold arnie
arthur art artie
augustus gus august
augusta gussie gus
barbara barb babs barbie
bartholomew bart
beatrice bea trixie
benjamin ben benny benji
bernard bernie barney
bertram bert bertie
bridget biddy bridie
caroline carrie caro lina
catherine cathy kate katie kitty cath kathy katy
cecilia cissy celia
charles charlie chuck chas charley
charlotte lottie charlie lotty
christian chris
christina chris tina chrissie
christine chris tina chrissie
christopher chris kit kris topher
clarence clare
claude claudie
clement clem
constance connie
cornelius con neil corny
cynthia cindy
cyril cy
daniel dan danny
david dave davy davie
deborah debbie deb
dennis denny den
donald don donnie
dorothy dot dottie dolly dora
douglas doug
edgar ed eddie
edith edie
edmund ed eddie ned ted
edward ed eddie ned ted teddy ward eddy
edwin ed eddie ned win
eleanor ellie nell nellie nora ella
elizabeth liz beth betty eliza lizzie bess bessie betsy elsie libby lisa lily
ellen nell nellie nelly
emily em emmy millie emma milly
emma em emmy
ernest ernie
esther essie hester
ethel effie
eugene gene
eustace stacy
evelyn eve evie
ferdinand ferdie
florence flo flora flossie
frances fran fanny frankie francie
francis frank frankie fran
frank frankie
frederick fred freddie freddy fritz rick
gabriel gabe
geoffrey geoff jeff
george georgie geo
gerald gerry jerry
gerard gerry jerry
gertrude gertie trudy gert
gilbert gil bert
gregory greg
gwendolyn gwen wendy
hannah annie nan
harold harry hal
harriet hattie harriot
harrison harry
helen nell nellie ellen lena
henrietta etta hettie hetty
henry harry hal hank
herbert bert herb bertie herbie
horace horry
howard howie
hubert bert hugh
hugh hughie huw
humphrey humph
isaac ike
isabella bella belle izzy isabel
isabel bella belle izzy
isidore izzy
jacob jake
james jim jimmy jamie jem jimmie
jane jenny janie jennie
janet jan jenny
jason jay
jeffrey jeff
jennifer jen jenny
jeremiah jerry jem
jeremy jerry jem
jessica jess jessie
joan joanie
john jack johnny jackie johnnie jock
jonathan jon jonny nathan
joseph joe joey jos
josephine jo josie
joshua josh
judith judy
julia julie jules
juliana julia
katherine kate katie kathy kitty kay kat kathleen
kathleen kathy kate katie kit
kenneth ken kenny
laura laurie
lawrence larry laurie lawrie
leonard len leo lenny
leopold leo
leslie les
lewis lew louie
lillian lily lil lilly
louis lou louie lew
louisa lou louie
louise lou louie
lucinda lucy cindy
lucy lu
madeline maddie
magdalen maggie lena
margaret maggie meg peggy madge daisy greta rita marge margie peg
maria mary
marian mary
marjorie marge margie
martha mattie patty
martin marty
mary molly polly mamie may
matilda tilly mattie maud
matthew matt
maurice morris
maximilian max
michael mike mick mickey mikey
mildred millie milly
minerva minnie
miriam mimi
mitchell mitch
mortimer mort
nathaniel nat nathan nate
nicholas nick nicky
norman norm
oliver ollie noll
oswald ozzie os
pamela pam
patricia pat patty trish tricia
patrick pat paddy
percival percy
peter pete
philip phil pip
phillip phil pip
prudence prue
rachel rae
ralph rafe
randolph randy rand
raymond ray
rebecca becky
reginald reg reggie
richard dick rick ricky rich richie
robert bob rob bobby robbie bert robin
roderick rod roddy
rodney rod
roger rodge hodge
roland rolly rowland
ronald ron ronnie
rosalind roz
rose rosie
rosemary rose rosie
rudolph rudy
rupert bert
samantha sam
samuel sam sammy
sarah sally sadie
sebastian seb
sidney sid
simon si
solomon sol
sophia sophie
stanley stan
stephen steve stevie steven
steven steve stevie
stuart stu
susan sue susie suzie
susanna sue susie
sydney syd
sylvester sly
sylvia syl
terence terry
thaddeus thad tad
theodore ted theo teddy
theresa terry tess tessa
thomas tom tommy thom
timothy tim timmy
valentine val
vera vee
veronica ronnie
victor vic
victoria vicky vic tori
vincent vince vin
violet vi
virginia ginny
vivian viv
wallace wally
walter walt wally wat
wilfred wilf will fred
wilhelmina minnie mina
william bill will billy willie liam willy
winifred winnie freda
winston win
zachary zach zack
`
  .trim()
  .split('\n');

const bearers = new Map<string, Set<string>>();
for (const line of lines) {
  const [full = '', ...short] = line.split(' ');
  for (const name of [full, ...short]) bearers.set(name, (bearers.get(name) ?? new Set()).add(full));
}

/** The names that a word may be short for, itself when it is such a name; none when it is unknown here. */
export const fullNames = (name: string): ReadonlySet<string> => bearers.get(name) ?? none;

const none: ReadonlySet<string> = new Set();

/**
 * May two given names be one person's, one of them for short or both? A short name of many names goes with each of them.
 *
 * @example sameForShort('bill', 'william') // true
 */
export const sameForShort = (left: string, right: string): boolean => {
  const own = bearers.get(left);
  const other = bearers.get(right);
  if (own === undefined || other === undefined) return false;
  for (const name of own) if (other.has(name)) return true;
  return false;
};
