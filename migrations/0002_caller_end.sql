-- People know the last four digits of a number. (Drizzle cannot write an index on an expression.)
CREATE INDEX `calls_caller_end` ON `calls` (substr(`caller`, -4), `arrivedAt`);
