CREATE TABLE `alerts` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`callId` text,
	`seatId` text,
	`agentId` text,
	`queueId` text,
	`score` integer,
	`limitMs` integer,
	`overAt` integer,
	`acknowledgedAt` integer,
	`acknowledgedBy` text
);
--> statement-breakpoint
CREATE INDEX `alerts_at` ON `alerts` (`at`);--> statement-breakpoint
CREATE INDEX `alerts_open` ON `alerts` (`overAt`);--> statement-breakpoint
CREATE TABLE `emergency_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`profileId` text NOT NULL,
	`at` integer NOT NULL,
	`personId` text NOT NULL,
	`versionBefore` integer NOT NULL,
	`noticeId` text,
	`seats` text NOT NULL,
	`overAt` integer,
	`overBy` text
);
--> statement-breakpoint
CREATE TABLE `notice_reads` (
	`noticeId` text NOT NULL,
	`personId` text NOT NULL,
	`seatId` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`noticeId`, `personId`)
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`personId` text NOT NULL,
	`text` text NOT NULL,
	`isUrgent` integer NOT NULL,
	`audience` text NOT NULL,
	`until` integer,
	`withdrawnAt` integer
);
--> statement-breakpoint
CREATE INDEX `notices_at` ON `notices` (`at`);--> statement-breakpoint
CREATE TABLE `plan_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL,
	`personId` text NOT NULL,
	`before` text NOT NULL,
	`undoneAt` integer
);
--> statement-breakpoint
CREATE TABLE `plans` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`seats` text NOT NULL,
	`at` integer NOT NULL,
	`personId` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plans_name` ON `plans` (`name`);--> statement-breakpoint
CREATE TABLE `rest_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`seatId` text NOT NULL,
	`agentId` text NOT NULL,
	`reason` text NOT NULL,
	`note` text NOT NULL,
	`askedAt` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	`state` text NOT NULL,
	`decidedAt` integer,
	`decidedBy` text,
	`begunAt` integer,
	`overAt` integer
);
--> statement-breakpoint
CREATE INDEX `rest_requests_open` ON `rest_requests` (`overAt`,`seatId`);