/** 256 words that are easy to say and hard to mistake. The list is part of the protocol: never reorder it. */
const LIST = `
acorn adult album alley angel ankle apple apron arrow atlas attic audio autumn avocado bacon badge bagel baker
bamboo banjo barrel basket beaver bench berry bicycle bishop blanket blossom bottle branch bridge broom bubble
bucket butter cabin cactus camel candle canoe carpet castle cedar chalk cherry chimney circle citrus clock
cloud clover cobra coffee comet copper cotton cousin crayon cricket crown curtain cymbal daisy dancer desert
diamond dinner dolphin donkey dragon dream drum eagle earth easel echo elbow elephant ember engine evening
fabric falcon farmer feather fiddle finger flame flute forest fountain freckle frog garden garlic giant ginger
glacier glove goat grape gravel guitar hammer hamster harbor harvest hazel hedge helmet heron hockey honey
hotel igloo indigo island ivory jacket jaguar jelly jewel jungle jupiter kayak kettle kitten koala ladder
lagoon lantern laptop lavender lemon leopard letter library lily lion lizard lobster lotus magnet mango maple
marble meadow melon mirror mitten monkey mountain muffin museum mustard napkin needle nickel noodle north
nutmeg oasis ocean olive onion orange orbit orchard otter oven oyster palace panda paper parrot peanut pebble
pencil pepper piano picnic pigeon pillow planet plum pocket poem pony potato puddle pumpkin purple puzzle
quartz queen quilt rabbit radio raven ribbon river robin rocket rope rowboat ruby saddle sailor salmon sandal
satin scarf school shadow silver snail soap sofa spider spoon spring squirrel stable station storm sugar
summer sunset swan table teapot temple thunder tiger timber tomato tower trumpet tulip tunnel turtle umbrella
valley velvet village violin wagon walnut water whale window winter wizard yellow zebra
`;

export const WORDS: readonly string[] = LIST.trim().split(/\s+/);
