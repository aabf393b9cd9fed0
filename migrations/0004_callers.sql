CREATE TABLE `callers` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`name` text NOT NULL,
	`attributes` text NOT NULL,
	`language` text,
	`note` text NOT NULL,
	`updatedAt` integer NOT NULL,
	`updatedBy` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `callers_number` ON `callers` (`number`);