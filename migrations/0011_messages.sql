CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`orderId` text NOT NULL,
	`kind` text NOT NULL,
	`number` text NOT NULL,
	`text` text NOT NULL,
	`createdAt` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`nextAt` integer,
	`sentAt` integer
);
--> statement-breakpoint
CREATE INDEX `messages_next` ON `messages` (`nextAt`) WHERE "nextAt" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `messages_order` ON `messages` (`orderId`,`createdAt`);--> statement-breakpoint
CREATE INDEX `messages_state` ON `messages` (`state`,`createdAt`);--> statement-breakpoint
CREATE TABLE `progress_tries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `progress_tries_subject` ON `progress_tries` (`subject`,`at`);--> statement-breakpoint
CREATE INDEX `orders_merged` ON `orders` (`mergedInto`) WHERE "mergedInto" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_code` ON `orders` (`queryCode`);