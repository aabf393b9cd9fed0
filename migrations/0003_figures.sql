CREATE TABLE `figure_checkpoint` (
	`id` integer PRIMARY KEY NOT NULL,
	`rules` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
-- Read by ranges of its key alone. (Drizzle cannot write WITHOUT ROWID.)
CREATE TABLE `figure_sums` (
	`spanMs` integer NOT NULL,
	`agentId` text NOT NULL,
	`startAt` integer NOT NULL,
	`queueId` text NOT NULL,
	`entryId` text NOT NULL,
	`offered` integer DEFAULT 0 NOT NULL,
	`answered` integer DEFAULT 0 NOT NULL,
	`answered15` integer DEFAULT 0 NOT NULL,
	`answered20` integer DEFAULT 0 NOT NULL,
	`answeredInTime` integer DEFAULT 0 NOT NULL,
	`abandoned` integer DEFAULT 0 NOT NULL,
	`abandonedShort` integer DEFAULT 0 NOT NULL,
	`turnedAway` integer DEFAULT 0 NOT NULL,
	`refused` integer DEFAULT 0 NOT NULL,
	`waitedMs` integer DEFAULT 0 NOT NULL,
	`conversationMs` integer DEFAULT 0 NOT NULL,
	`known` integer DEFAULT 0 NOT NULL,
	`repeats` integer DEFAULT 0 NOT NULL,
	`ratingAsked` integer DEFAULT 0 NOT NULL,
	`rated` integer DEFAULT 0 NOT NULL,
	`ratedWell` integer DEFAULT 0 NOT NULL,
	`ratingSum` integer DEFAULT 0 NOT NULL,
	`conversations` integer DEFAULT 0 NOT NULL,
	`transfers` integer DEFAULT 0 NOT NULL,
	`talkMs` integer DEFAULT 0 NOT NULL,
	`holdMs` integer DEFAULT 0 NOT NULL,
	`wrapUpMs` integer DEFAULT 0 NOT NULL,
	`ringMs` integer DEFAULT 0 NOT NULL,
	`readyMs` integer DEFAULT 0 NOT NULL,
	`notReadyMs` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`spanMs`, `agentId`, `startAt`, `queueId`, `entryId`)
) WITHOUT ROWID;
