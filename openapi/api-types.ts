// Types of the API for a client such as openapi-fetch, written by `npm run openapi`.
export interface paths {
    "/viewpoints/{id}/process": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Process a viewpoint
         * @description Starts the job of a viewpoint, or joins the one that runs. With a definition the viewpoint is created unless it exists with the same one; without a body it must exist. A FAILED viewpoint is tried again. A `callback_url` is told of the end, also when the viewpoint is READY already.
         */
        post: operations["processViewpoint"];
        /**
         * Cancel the job of a viewpoint
         * @description The viewpoint ends FAILED with code `cancelled`: a job in this process at once, one on another replica when that looks at the row next, twice a second; one that only waits does not begin.
         */
        delete: operations["cancelViewpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List viewpoints
         * @description Page by page, in no particular order.
         */
        get: operations["listViewpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a viewpoint
         * @description The row of the job table with the ten attributes that the tile server knows.
         */
        get: operations["getViewpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the status of a viewpoint
         * @description Status of the viewpoint, and step, progress, timings and error of its latest job.
         */
        get: operations["getViewpointStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a viewpoint
         * @description Server-sent events with the same document as the status: `status` whenever there is news, then `end` with the end state, after which the stream closes; comments keep it alive in between. Each event is the whole state, so a client that comes again (`Last-Event-ID`) misses nothing; one that has seen the end is answered 204, which makes an EventSource stop. Works on every replica, whichever runs the job.
         */
        get: operations["followViewpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who was told of the end of a viewpoint
         * @description Each target of the latest jobs with its tries, the latest job first. Empty when nobody asked to be told, and after the tile server has put the row anew.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}/deliveries/{delivery_id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell a target once more
         * @description Sends the same event, with the same id, at once, and with new tries; whether it had been delivered or not.
         */
        post: operations["redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}/image/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the metadata of the image
         * @description GDAL's default metadata domain of the dataset.
         */
        get: operations["getImageMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}/image/bounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the bounds of the image
         * @description Extent in pixels: [0, 0, width, height].
         */
        get: operations["getImageBounds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}/image/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the corners of the image on Earth
         * @description GeoJSON (RFC 7946) of the image corners on WGS 84.
         */
        get: operations["getImageInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}/image/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the statistics of the image
         * @description What `gdalinfo -json -nomd` says of the image: size, coordinate system, and per band its type, block size, statistics and overviews.
         */
        get: operations["getImageStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}/image/footprint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the outline of the image on Earth
         * @description GeoJSON Feature (RFC 7946) of the area on WGS 84 that the image shows: its edge to a tenth of a pixel where that is curved, the edge of its valid pixels where some are not, the visible part of an image that looks past the horizon. Cut at the antimeridian and closed over the poles.
         */
        get: operations["getImageFootprint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}/image/stac": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the image as a STAC Item
         * @description STAC 1.1 Item with the projection, raster, file and, where its angles are known, view extensions. Links of assets are relative to this path, those of files on the shared volume are file URLs.
         */
        get: operations["getImageStacItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/latest/viewpoints/{id}/image/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the metadata of the image
         * @description GDAL's default metadata domain of the dataset. The same under the tile server's path.
         */
        get: operations["getImageMetadata_latest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/latest/viewpoints/{id}/image/bounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the bounds of the image
         * @description Extent in pixels: [0, 0, width, height]. The same under the tile server's path.
         */
        get: operations["getImageBounds_latest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/latest/viewpoints/{id}/image/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the corners of the image on Earth
         * @description GeoJSON (RFC 7946) of the image corners on WGS 84. The same under the tile server's path.
         */
        get: operations["getImageInfo_latest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/latest/viewpoints/{id}/image/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the statistics of the image
         * @description What `gdalinfo -json -nomd` says of the image: size, coordinate system, and per band its type, block size, statistics and overviews. The same under the tile server's path.
         */
        get: operations["getImageStatistics_latest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1_0/viewpoints/{id}/image/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the metadata of the image
         * @description GDAL's default metadata domain of the dataset. The same under the tile server's path.
         */
        get: operations["getImageMetadata_v1_0"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1_0/viewpoints/{id}/image/bounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the bounds of the image
         * @description Extent in pixels: [0, 0, width, height]. The same under the tile server's path.
         */
        get: operations["getImageBounds_v1_0"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1_0/viewpoints/{id}/image/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the corners of the image on Earth
         * @description GeoJSON (RFC 7946) of the image corners on WGS 84. The same under the tile server's path.
         */
        get: operations["getImageInfo_v1_0"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1_0/viewpoints/{id}/image/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the statistics of the image
         * @description What `gdalinfo -json -nomd` says of the image: size, coordinate system, and per band its type, block size, statistics and overviews. The same under the tile server's path.
         */
        get: operations["getImageStatistics_v1_0"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/viewpoints/{id}/image/preview.png": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a preview of the image
         * @description The whole image, drawn from its overviews with at most 1024 pixels to a side and adjusted as its tiles are; pixels without data are transparent.
         */
        get: operations["getImagePreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/executor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the jobs of this process
         * @description Running and waiting jobs, and how many there can be.
         */
        get: operations["getExecutor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages that could not be processed
         * @description Messages in the dead-letter queue of the job queue. They stay there; nobody else sees them while they are being listed.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send messages back to the job queue
         * @description Sends all messages of the dead-letter queue that request a viewpoint, or the ones named, back to the job queue, and only then deletes them. A viewpoint that is FAILED becomes REQUESTED and is processed again.
         */
        post: operations["redriveDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show figures for Prometheus
         * @description Jobs, steps, queue, decoder, HTTP and AWS calls of this process, in the text format of Prometheus (version 0.0.4). With access control it needs the scope `read`.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell that the service is up
         * @description For load balancers. Needs nothing but this process.
         */
        get: operations["ping"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell that the process lives
         * @description Answers as long as the event loop turns, whatever else is down.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell whether the service can do its work
         * @description Tries the table, the queue, S3, the volume and the image decoder.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/sns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive a message of Amazon SNS
         * @description Endpoint for HTTP(S) subscriptions to the topics in SNS_TOPIC_ARNS. A subscription is confirmed by itself. Signatures (versions 1 and 2) are checked against the certificate of SNS; messages older than SNS retries are refused; a message that is delivered twice is one job. `Message` holds what `/webhooks/events` takes. Raw delivery carries no signature: it is refused unless SNS_RAW_DELIVERY_PASSWORD is set and part of the subscribed URL.
         */
        post: operations["receiveSns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive a signed request or event
         * @description Signed as Standard Webhooks has it, with one of the secrets in EVENT_WEBHOOK_SECRETS. Takes what `POST /viewpoints/{id}/process` takes, with the `viewpoint_id` in the body; the tile server's message; S3 notifications; and EventBridge events of S3. An event about a new object becomes a viewpoint by the rules in EVENT_RULES. A message that is sent again under the same id is answered the same, and is one job.
         */
        post: operations["receiveEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A problem document (RFC 9457). */
        Problem: {
            /** @description Kind of problem as a URI; `about:blank` since `code` tells it. */
            type: string;
            /** @description Kind of problem, for people. */
            title: string;
            /** @description HTTP status of the answer. */
            status: number;
            /** @description What went wrong this time and what to do. */
            detail: string;
            /**
             * @description Kind of problem, for programs.
             * @enum {unknown}
             */
            code: "invalid_request" | "unauthenticated" | "scope_missing" | "too_many_requests" | "viewpoint_not_found" | "route_not_found" | "definition_conflict" | "viewpoint_deleted" | "deleted_cannot_be_processed" | "viewpoint_not_ready" | "artifact_missing" | "not_processing" | "no_dead_letter_queue" | "executor_full" | "previews_busy" | "too_many_watchers" | "shutting_down" | "bucket_not_allowed" | "callback_refused" | "delivery_not_found" | "signature_invalid" | "message_expired" | "topic_not_allowed" | "webhook_not_enabled" | "idempotency_key_reused" | "unusable_object_key" | "no_such_bucket" | "no_such_key" | "access_denied" | "object_archived" | "object_changed" | "object_corrupt" | "download_failed" | "disk_full" | "empty_file" | "not_an_image" | "image_corrupt" | "unsupported_image" | "unsupported_compression" | "no_image_segment" | "forbidden_reference" | "image_too_large" | "decoder_crashed" | "decoder_killed" | "decoder_unavailable" | "decoder_timeout" | "cancelled" | "lease_lost" | "dependency_unavailable" | "dependency_missing" | "volume_failed" | "internal_error";
        };
        /** @description A row of the job table, as the tile server writes it. */
        Viewpoint: {
            /** @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..". */
            viewpoint_id: string;
            /** @description Name for people; the id of the footprint Feature. */
            viewpoint_name: string;
            /** @description S3 bucket that holds the image. */
            bucket_name: string;
            /** @description S3 object key of the image. */
            object_key: string;
            /**
             * @description Edge of a tile, in pixels.
             * @default 512
             */
            tile_size: number;
            /**
             * @description How pixel values are mapped to 8 bits: NONE, MINMAX (first to last value seen) or DRA (2 % to 98 %, widened).
             * @default NONE
             * @enum {unknown}
             */
            range_adjustment: "NONE" | "MINMAX" | "DRA";
            /**
             * @description State of the viewpoint.
             * @enum {unknown}
             */
            viewpoint_status: "NOT FOUND" | "REQUESTED" | "UPDATING" | "READY" | "DELETED" | "FAILED";
            /** @description Absolute path of the image on the shared volume. */
            local_object_path: string | null;
            /** @description Why the viewpoint is FAILED. */
            error_message: string | null;
            /** @description When the row expires, in epoch seconds. */
            expire_time: number | null;
        };
        /** @description How a viewpoint and its latest job stand. */
        ViewpointStatus: {
            /** @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..". */
            viewpoint_id: string;
            /**
             * @description REQUESTED while the viewpoint waits or is processed, then READY or FAILED; DELETED by the tile server.
             * @enum {unknown}
             */
            viewpoint_status: "NOT FOUND" | "REQUESTED" | "UPDATING" | "READY" | "DELETED" | "FAILED";
            /** @description What the job does now, or did last. */
            step: ("waiting" | "download" | "pyramid" | "metadata" | "publish") | null;
            /** @description Done of the whole job, in percent; never goes back, not even when another attempt begins anew. */
            percent: number;
            /** @description Estimate of the time until the job ends, in seconds; null while it waits and once it has ended. */
            remaining_seconds: number | null;
            /** @description Downloaded so far, in bytes. */
            bytes_done: number;
            /** @description To be downloaded, in bytes; 0 while unknown. */
            bytes_total: number;
            /** @description Leased runs of the viewpoint so far, this one included. */
            attempt: number;
            /** @description Service process that ran the job last. */
            replica: string | null;
            /** @description Identifier on every log line of the job. */
            correlation_id: string | null;
            /** @description When the job began. */
            started_at: string | null;
            /** @description When this report was made. */
            updated_at: string | null;
            /** @description When the job ended. */
            ended_at: string | null;
            /** @description Duration of each finished step, in milliseconds. */
            timings_ms: {
                /** @description Downloading the image and what lies beside it. In milliseconds. */
                download?: number;
                /** @description Statistics, overviews and verification tile, less what was done during the download. In milliseconds. */
                pyramid?: number;
                /** @description Georeference and documents. In milliseconds. */
                metadata?: number;
                /** @description Bringing the files to disk and into place. In milliseconds. */
                publish?: number;
            };
            /** @description Why the job failed, or why its last try did. */
            error: {
                /**
                 * @description What went wrong, for programs.
                 * @enum {unknown}
                 */
                code: "invalid_request" | "unauthenticated" | "scope_missing" | "too_many_requests" | "viewpoint_not_found" | "route_not_found" | "definition_conflict" | "viewpoint_deleted" | "deleted_cannot_be_processed" | "viewpoint_not_ready" | "artifact_missing" | "not_processing" | "no_dead_letter_queue" | "executor_full" | "previews_busy" | "too_many_watchers" | "shutting_down" | "bucket_not_allowed" | "callback_refused" | "delivery_not_found" | "signature_invalid" | "message_expired" | "topic_not_allowed" | "webhook_not_enabled" | "idempotency_key_reused" | "unusable_object_key" | "no_such_bucket" | "no_such_key" | "access_denied" | "object_archived" | "object_changed" | "object_corrupt" | "download_failed" | "disk_full" | "empty_file" | "not_an_image" | "image_corrupt" | "unsupported_image" | "unsupported_compression" | "no_image_segment" | "forbidden_reference" | "image_too_large" | "decoder_crashed" | "decoder_killed" | "decoder_unavailable" | "decoder_timeout" | "cancelled" | "lease_lost" | "dependency_unavailable" | "dependency_missing" | "volume_failed" | "internal_error";
                /** @description What went wrong and what to do, for people. */
                message: string;
                /** @description Where it went wrong. */
                step: ("waiting" | "download" | "pyramid" | "metadata" | "publish") | null;
                /** @description Whether another try can end differently. */
                retryable: boolean;
            } | null;
            /** @description What the image turned out to be. */
            image: {
                /** @description GDAL driver that reads the image. */
                driver: string;
                /** @description Columns, in pixels. */
                width: number;
                /** @description Rows, in pixels. */
                height: number;
                /** @description Number of raster bands. */
                bands: number;
                /** @description GDAL data type of the first band. */
                data_type: string;
                /** @description internal, delivered, built or none. */
                overviews: string;
                /** @description What placed the corners on Earth. */
                sensor_model: string | null;
                /** @description Why the footprint is null. */
                no_footprint_reason: string | null;
                /** @description What else the file holds, such as further image segments of a NITF; the first that shows a scene is used. */
                other_images: string[];
                /** @description Side files that came with the image but could not be used, and why. */
                rejected_side_files: string[];
            } | null;
        };
        /** @description One event told to one target. */
        Delivery: {
            /** @description Id of the delivery: one event to one target. */
            id: string;
            /** @description Id of the event, and the header `webhook-id`; the same for all targets and tries. */
            event_id: string;
            /** @description `viewpoint.ready` or `viewpoint.failed`. */
            event_type: string;
            /**
             * Format: date-time
             * @description When the job ended.
             */
            created_at: string;
            /**
             * @description How it is told.
             * @enum {unknown}
             */
            target_kind: "webhook" | "sns" | "event_bus";
            /** @description URL without its query, which may hold a secret; ARN of a topic; name or ARN of a bus. */
            target: string;
            /**
             * @description `pending` until the target has it, or has said that it never will, or all tries are used up.
             * @enum {unknown}
             */
            state: "pending" | "delivered" | "failed";
            /** @description Tries so far, one under way included. */
            tries: number;
            /** @description When it is tried next; null when it is not. */
            next_attempt_at: string | null;
            /** @description The latest tries, oldest first. */
            attempts: {
                /**
                 * Format: date-time
                 * @description When it was tried.
                 */
                at: string;
                /** @description HTTP status of the answer; null when there was none. */
                status_code: number | null;
                /** @description Why it failed; null when it did not. */
                error: string | null;
                /** @description How long it took, in milliseconds. */
                duration_ms: number;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    processViewpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=N`: answer when the job ends, after N seconds at the latest, 300 at most (RFC 7240). */
                prefer?: string;
                /**
                 * @description Marks the request as one that may be sent again (draft-ietf-httpapi-idempotency-key-header): for a day, the same request under the same key is answered as the first one was and starts no second job; another request under it is an error. A key counts for one viewpoint. Errors are not kept. With `Prefer: wait`, a repeated request waits for the end of the job all the same.
                 * @example "8e03978e-40d5-43dd-bc93-6894a57f9324"
                 */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The definition of a viewpoint; needed when there is none of this id yet. Name, bucket and key go together. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "viewpoint_name": "Sample image",
                 *       "bucket_name": "viewpoint-images",
                 *       "object_key": "samples/rgb-striped.tif",
                 *       "tile_size": 512,
                 *       "range_adjustment": "NONE"
                 *     }
                 */
                "application/json": {
                    /** @description Name for people; the id of the footprint Feature. */
                    viewpoint_name?: string;
                    /** @description S3 bucket that holds the image. */
                    bucket_name?: string;
                    /** @description S3 object key of the image. */
                    object_key?: string;
                    /**
                     * @description Edge of a tile, in pixels.
                     * @default 512
                     */
                    tile_size?: number;
                    /**
                     * @description How pixel values are mapped to 8 bits: NONE, MINMAX (first to last value seen) or DRA (2 % to 98 %, widened).
                     * @default NONE
                     * @enum {unknown}
                     */
                    range_adjustment?: "NONE" | "MINMAX" | "DRA";
                    /**
                     * @description URL that is told of the end of the job by a signed POST, tried for hours: https, and at a public address.
                     * @example https://receiver.example.com/viewpoints
                     */
                    callback_url?: string;
                    /**
                     * @description Process the image again although the viewpoint is READY.
                     * @default false
                     */
                    force?: boolean;
                };
            };
        };
        responses: {
            /** @description The viewpoint is READY or, after a `Prefer: wait`, has its end state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "viewpoint_id": "sample",
                     *       "viewpoint_status": "READY",
                     *       "step": "publish",
                     *       "percent": 100,
                     *       "remaining_seconds": null,
                     *       "bytes_done": 9459378,
                     *       "bytes_total": 9459378,
                     *       "attempt": 1,
                     *       "replica": "worker-1-4be1c0",
                     *       "correlation_id": "5b2e4568-cd4f-476b-a9ae-f97c2a25f993",
                     *       "started_at": "2026-11-24T11:01:11.063Z",
                     *       "updated_at": "2026-11-24T11:01:11.652Z",
                     *       "ended_at": "2026-11-24T11:01:11.652Z",
                     *       "timings_ms": {
                     *         "download": 144,
                     *         "pyramid": 371,
                     *         "metadata": 49,
                     *         "publish": 21
                     *       },
                     *       "error": null,
                     *       "image": {
                     *         "driver": "GTiff",
                     *         "width": 2100,
                     *         "height": 1500,
                     *         "bands": 3,
                     *         "data_type": "Byte",
                     *         "overviews": "built",
                     *         "sensor_model": "affine",
                     *         "no_footprint_reason": null,
                     *         "other_images": [],
                     *         "rejected_side_files": []
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ViewpointStatus"];
                };
            };
            /** @description The job is accepted or running already. */
            202: {
                headers: {
                    /** @description Path of the status. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "viewpoint_id": "sample",
                     *       "viewpoint_status": "REQUESTED",
                     *       "step": "download",
                     *       "percent": 14,
                     *       "remaining_seconds": 1,
                     *       "bytes_done": 4521984,
                     *       "bytes_total": 9459378,
                     *       "attempt": 1,
                     *       "replica": "worker-1-4be1c0",
                     *       "correlation_id": "5b2e4568-cd4f-476b-a9ae-f97c2a25f993",
                     *       "started_at": "2026-11-24T11:01:11.063Z",
                     *       "updated_at": "2026-11-24T11:01:11.130Z",
                     *       "ended_at": null,
                     *       "timings_ms": {},
                     *       "error": null,
                     *       "image": null
                     *     }
                     */
                    "application/json": components["schemas"]["ViewpointStatus"];
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The bucket is not allowed",
                     *       "status": 403,
                     *       "detail": "Images may not come from the bucket \"elsewhere\". Copy the object to an allowed bucket, or have this one allowed.",
                     *       "code": "bucket_not_allowed"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 413,
                     *       "detail": "Request body is too large",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 415,
                     *       "detail": "Unsupported Media Type",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelViewpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job is asked to stop. */
            202: {
                headers: {
                    /** @description Path of the status. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "viewpoint_id": "sample",
                     *       "viewpoint_status": "REQUESTED",
                     *       "step": "download",
                     *       "percent": 14,
                     *       "remaining_seconds": 1,
                     *       "bytes_done": 4521984,
                     *       "bytes_total": 9459378,
                     *       "attempt": 1,
                     *       "replica": "worker-1-4be1c0",
                     *       "correlation_id": "5b2e4568-cd4f-476b-a9ae-f97c2a25f993",
                     *       "started_at": "2026-11-24T11:01:11.063Z",
                     *       "updated_at": "2026-11-24T11:01:11.130Z",
                     *       "ended_at": null,
                     *       "timings_ms": {},
                     *       "error": null,
                     *       "image": null
                     *     }
                     */
                    "application/json": components["schemas"]["ViewpointStatus"];
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 413,
                     *       "detail": "Request body is too large",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 415,
                     *       "detail": "Unsupported Media Type",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listViewpoints: {
        parameters: {
            query: {
                /** @description Only viewpoints of this status. */
                status?: "NOT FOUND" | "REQUESTED" | "UPDATING" | "READY" | "DELETED" | "FAILED";
                /** @description Most viewpoints on the page. */
                limit: number;
                /** @description `next_token` of the page before. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of viewpoints. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "viewpoints": [
                     *         {
                     *           "viewpoint_id": "sample",
                     *           "viewpoint_name": "Sample image",
                     *           "bucket_name": "viewpoint-images",
                     *           "object_key": "samples/rgb-striped.tif",
                     *           "tile_size": 512,
                     *           "range_adjustment": "NONE",
                     *           "viewpoint_status": "READY",
                     *           "local_object_path": "/ts-efs-volume/sample/rgb-striped.tif",
                     *           "error_message": null,
                     *           "expire_time": 4949118073
                     *         }
                     *       ],
                     *       "next_token": null
                     *     }
                     */
                    "application/json": {
                        /** @description Rows of the job table, at most `limit`. */
                        viewpoints: components["schemas"]["Viewpoint"][];
                        /** @description Token of the next page; null on the last one. */
                        next_token: string | null;
                    };
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getViewpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The viewpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "viewpoint_id": "sample",
                     *       "viewpoint_name": "Sample image",
                     *       "bucket_name": "viewpoint-images",
                     *       "object_key": "samples/rgb-striped.tif",
                     *       "tile_size": 512,
                     *       "range_adjustment": "NONE",
                     *       "viewpoint_status": "READY",
                     *       "local_object_path": "/ts-efs-volume/sample/rgb-striped.tif",
                     *       "error_message": null,
                     *       "expire_time": 4949118073
                     *     }
                     */
                    "application/json": components["schemas"]["Viewpoint"];
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getViewpointStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The status. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "viewpoint_id": "sample",
                     *       "viewpoint_status": "READY",
                     *       "step": "publish",
                     *       "percent": 100,
                     *       "remaining_seconds": null,
                     *       "bytes_done": 9459378,
                     *       "bytes_total": 9459378,
                     *       "attempt": 1,
                     *       "replica": "worker-1-4be1c0",
                     *       "correlation_id": "5b2e4568-cd4f-476b-a9ae-f97c2a25f993",
                     *       "started_at": "2026-11-24T11:01:11.063Z",
                     *       "updated_at": "2026-11-24T11:01:11.652Z",
                     *       "ended_at": "2026-11-24T11:01:11.652Z",
                     *       "timings_ms": {
                     *         "download": 144,
                     *         "pyramid": 371,
                     *         "metadata": 49,
                     *         "publish": 21
                     *       },
                     *       "error": null,
                     *       "image": {
                     *         "driver": "GTiff",
                     *         "width": 2100,
                     *         "height": 1500,
                     *         "bands": 3,
                     *         "data_type": "Byte",
                     *         "overviews": "built",
                     *         "sensor_model": "affine",
                     *         "no_footprint_reason": null,
                     *         "other_images": [],
                     *         "rejected_side_files": []
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ViewpointStatus"];
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followViewpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the last event that the client has seen; what it knows already is not sent again. */
                "last-event-id"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example retry: 2000
                     *
                     *     id: 1790000000000-REQUESTED
                     *     event: status
                     *     data: {"viewpoint_id":"sample","viewpoint_status":"REQUESTED","step":"pyramid","percent":62,"remaining_seconds":3}
                     *
                     *     : heartbeat
                     *
                     *     id: 1790000004000-READY
                     *     event: end
                     *     data: {"viewpoint_id":"sample","viewpoint_status":"READY","step":"publish","percent":100,"remaining_seconds":null}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description The viewpoint has its end state and the client has seen that. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The deliveries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveries": [
                     *         {
                     *           "id": "msg_0f8fad5bd9cb469fa16570867728950e-0",
                     *           "event_id": "msg_0f8fad5bd9cb469fa16570867728950e",
                     *           "event_type": "viewpoint.ready",
                     *           "created_at": "2026-09-22T10:15:30.000Z",
                     *           "target_kind": "webhook",
                     *           "target": "https://receiver.example.com/viewpoints",
                     *           "state": "pending",
                     *           "tries": 1,
                     *           "next_attempt_at": "2026-09-22T10:15:35.120Z",
                     *           "attempts": [
                     *             {
                     *               "at": "2026-09-22T10:15:30.020Z",
                     *               "status_code": 503,
                     *               "error": "answered 503",
                     *               "duration_ms": 84
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description The latest job first. */
                        deliveries: components["schemas"]["Delivery"][];
                    };
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
                /**
                 * @description Id of a delivery in the list.
                 * @example msg_0f8fad5bd9cb469fa16570867728950e-0
                 */
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery is due. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "msg_0f8fad5bd9cb469fa16570867728950e-0",
                     *       "event_id": "msg_0f8fad5bd9cb469fa16570867728950e",
                     *       "event_type": "viewpoint.ready",
                     *       "created_at": "2026-09-22T10:15:30.000Z",
                     *       "target_kind": "webhook",
                     *       "target": "https://receiver.example.com/viewpoints",
                     *       "state": "pending",
                     *       "tries": 1,
                     *       "next_attempt_at": "2026-09-22T10:15:35.120Z",
                     *       "attempts": [
                     *         {
                     *           "at": "2026-09-22T10:15:30.020Z",
                     *           "status_code": 503,
                     *           "error": "answered 503",
                     *           "duration_ms": 84
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 413,
                     *       "detail": "Request body is too large",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 415,
                     *       "detail": "Unsupported Media Type",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageMetadata: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "metadata": {
                     *         "AREA_OR_POINT": "Area"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description Items by name; values are text. */
                        metadata: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageBounds: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bounds": [
                     *         0,
                     *         0,
                     *         2100,
                     *         1500
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description [0, 0, width, height] in pixels. */
                        bounds: number[];
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageInfo: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "FeatureCollection",
                     *       "features": [
                     *         {
                     *           "type": "Feature",
                     *           "id": "Sample image",
                     *           "geometry": {
                     *             "type": "Polygon",
                     *             "coordinates": [
                     *               [
                     *                 [
                     *                   -106.7,
                     *                   35.2
                     *                 ],
                     *                 [
                     *                   -106.7,
                     *                   35.05
                     *                 ],
                     *                 [
                     *                   -106.49,
                     *                   35.05
                     *                 ],
                     *                 [
                     *                   -106.49,
                     *                   35.2
                     *                 ],
                     *                 [
                     *                   -106.7,
                     *                   35.2
                     *                 ]
                     *               ]
                     *             ]
                     *           },
                     *           "properties": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Kind of GeoJSON object.
                         * @enum {string}
                         */
                        type: "FeatureCollection";
                        /** @description One: the image. */
                        features: {
                            /**
                             * @description Kind of GeoJSON object.
                             * @enum {string}
                             */
                            type: "Feature";
                            /** @description viewpoint_name */
                            id: string;
                            /** @description Upper left, lower left, lower right, upper right and upper left corner; null for an image without georeference. */
                            geometry: {
                                /**
                                 * @description Kind of geometry.
                                 * @enum {string}
                                 */
                                type: "Polygon";
                                /** @description One ring of [longitude, latitude] in degrees. */
                                coordinates: number[][][];
                            } | null;
                            /** @description Empty. */
                            properties: Record<string, never>;
                        }[];
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageStatistics: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "image_statistics": {
                     *         "driverShortName": "GTiff",
                     *         "size": [
                     *           2100,
                     *           1500
                     *         ],
                     *         "geoTransform": [
                     *           -106.7,
                     *           0.0001,
                     *           0,
                     *           35.2,
                     *           0,
                     *           -0.0001
                     *         ],
                     *         "bands": [
                     *           {
                     *             "band": 1,
                     *             "block": [
                     *               2100,
                     *               1
                     *             ],
                     *             "type": "Byte",
                     *             "colorInterpretation": "Red",
                     *             "minimum": 11,
                     *             "maximum": 241,
                     *             "mean": 124.715,
                     *             "stdDev": 23.504,
                     *             "overviews": [
                     *               {
                     *                 "size": [
                     *                   1050,
                     *                   750
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description GDAL's description of the dataset. */
                        image_statistics: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageFootprint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": {
                        /**
                         * @description Kind of GeoJSON object.
                         * @enum {string}
                         */
                        type: "Feature";
                        /** @description viewpoint_id */
                        id: string;
                        /** @description West, south, east, north; west is greater than east across the antimeridian. */
                        bbox?: number[];
                        /** @description Within ±180 degrees, in parts where it crosses the antimeridian; null for an image that cannot be placed. */
                        geometry: {
                            /**
                             * @description Kind of geometry.
                             * @enum {string}
                             */
                            type: "Polygon";
                            /** @description Outer ring counterclockwise, holes clockwise; each ends where it begins. */
                            coordinates: number[][][];
                        } | {
                            /**
                             * @description Kind of geometry.
                             * @enum {string}
                             */
                            type: "MultiPolygon";
                            /** @description One polygon for each part. */
                            coordinates: number[][][][];
                        } | null;
                        /** @description How the outline came about. */
                        properties: {
                            /** @description What places the pixels on Earth. */
                            sensor_model: ("affine" | "projective" | "rsm" | "rpc" | "sicd" | "sidd") | null;
                            /** @description precise for models of the sensor itself. */
                            precision: ("approximate" | "precise") | null;
                            /** @description Height above the WGS 84 ellipsoid at which the outline is drawn. */
                            reference_height_metres: number | null;
                            /** @description Outline of all pixels, or of the valid ones. */
                            kind: ("image" | "valid_data") | null;
                            /** @description Why the geometry is null. */
                            reason: string | null;
                        };
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageStacItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": {
                        /**
                         * @description Kind of GeoJSON object.
                         * @enum {string}
                         */
                        type: "Feature";
                        /**
                         * @description Version of STAC.
                         * @enum {string}
                         */
                        stac_version: "1.1.0";
                        /** @description Schemas of the extensions that the item uses. */
                        stac_extensions: string[];
                        /** @description viewpoint_id */
                        id: string;
                        /** @description West, south, east, north; west is greater than east across the antimeridian. */
                        bbox?: number[];
                        /** @description Within ±180 degrees, in parts where it crosses the antimeridian; null for an image that cannot be placed. */
                        geometry: {
                            /**
                             * @description Kind of geometry.
                             * @enum {string}
                             */
                            type: "Polygon";
                            /** @description Outer ring counterclockwise, holes clockwise; each ends where it begins. */
                            coordinates: number[][][];
                        } | {
                            /**
                             * @description Kind of geometry.
                             * @enum {string}
                             */
                            type: "MultiPolygon";
                            /** @description One polygon for each part. */
                            coordinates: number[][][][];
                        } | null;
                        /** @description When the image was taken, its projection and its angles of view. */
                        properties: {
                            [key: string]: unknown;
                        };
                        /** @description None: the item does not know its own address. */
                        links: {
                            [key: string]: unknown;
                        }[];
                        /** @description The image with its bands, its overviews, and the documents beside this one. */
                        assets: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageMetadata_latest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "metadata": {
                     *         "AREA_OR_POINT": "Area"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description Items by name; values are text. */
                        metadata: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageBounds_latest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bounds": [
                     *         0,
                     *         0,
                     *         2100,
                     *         1500
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description [0, 0, width, height] in pixels. */
                        bounds: number[];
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageInfo_latest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "FeatureCollection",
                     *       "features": [
                     *         {
                     *           "type": "Feature",
                     *           "id": "Sample image",
                     *           "geometry": {
                     *             "type": "Polygon",
                     *             "coordinates": [
                     *               [
                     *                 [
                     *                   -106.7,
                     *                   35.2
                     *                 ],
                     *                 [
                     *                   -106.7,
                     *                   35.05
                     *                 ],
                     *                 [
                     *                   -106.49,
                     *                   35.05
                     *                 ],
                     *                 [
                     *                   -106.49,
                     *                   35.2
                     *                 ],
                     *                 [
                     *                   -106.7,
                     *                   35.2
                     *                 ]
                     *               ]
                     *             ]
                     *           },
                     *           "properties": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Kind of GeoJSON object.
                         * @enum {string}
                         */
                        type: "FeatureCollection";
                        /** @description One: the image. */
                        features: {
                            /**
                             * @description Kind of GeoJSON object.
                             * @enum {string}
                             */
                            type: "Feature";
                            /** @description viewpoint_name */
                            id: string;
                            /** @description Upper left, lower left, lower right, upper right and upper left corner; null for an image without georeference. */
                            geometry: {
                                /**
                                 * @description Kind of geometry.
                                 * @enum {string}
                                 */
                                type: "Polygon";
                                /** @description One ring of [longitude, latitude] in degrees. */
                                coordinates: number[][][];
                            } | null;
                            /** @description Empty. */
                            properties: Record<string, never>;
                        }[];
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageStatistics_latest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "image_statistics": {
                     *         "driverShortName": "GTiff",
                     *         "size": [
                     *           2100,
                     *           1500
                     *         ],
                     *         "geoTransform": [
                     *           -106.7,
                     *           0.0001,
                     *           0,
                     *           35.2,
                     *           0,
                     *           -0.0001
                     *         ],
                     *         "bands": [
                     *           {
                     *             "band": 1,
                     *             "block": [
                     *               2100,
                     *               1
                     *             ],
                     *             "type": "Byte",
                     *             "colorInterpretation": "Red",
                     *             "minimum": 11,
                     *             "maximum": 241,
                     *             "mean": 124.715,
                     *             "stdDev": 23.504,
                     *             "overviews": [
                     *               {
                     *                 "size": [
                     *                   1050,
                     *                   750
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description GDAL's description of the dataset. */
                        image_statistics: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageMetadata_v1_0: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "metadata": {
                     *         "AREA_OR_POINT": "Area"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description Items by name; values are text. */
                        metadata: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageBounds_v1_0: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bounds": [
                     *         0,
                     *         0,
                     *         2100,
                     *         1500
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description [0, 0, width, height] in pixels. */
                        bounds: number[];
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageInfo_v1_0: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "FeatureCollection",
                     *       "features": [
                     *         {
                     *           "type": "Feature",
                     *           "id": "Sample image",
                     *           "geometry": {
                     *             "type": "Polygon",
                     *             "coordinates": [
                     *               [
                     *                 [
                     *                   -106.7,
                     *                   35.2
                     *                 ],
                     *                 [
                     *                   -106.7,
                     *                   35.05
                     *                 ],
                     *                 [
                     *                   -106.49,
                     *                   35.05
                     *                 ],
                     *                 [
                     *                   -106.49,
                     *                   35.2
                     *                 ],
                     *                 [
                     *                   -106.7,
                     *                   35.2
                     *                 ]
                     *               ]
                     *             ]
                     *           },
                     *           "properties": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Kind of GeoJSON object.
                         * @enum {string}
                         */
                        type: "FeatureCollection";
                        /** @description One: the image. */
                        features: {
                            /**
                             * @description Kind of GeoJSON object.
                             * @enum {string}
                             */
                            type: "Feature";
                            /** @description viewpoint_name */
                            id: string;
                            /** @description Upper left, lower left, lower right, upper right and upper left corner; null for an image without georeference. */
                            geometry: {
                                /**
                                 * @description Kind of geometry.
                                 * @enum {string}
                                 */
                                type: "Polygon";
                                /** @description One ring of [longitude, latitude] in degrees. */
                                coordinates: number[][][];
                            } | null;
                            /** @description Empty. */
                            properties: Record<string, never>;
                        }[];
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImageStatistics_v1_0: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "image_statistics": {
                     *         "driverShortName": "GTiff",
                     *         "size": [
                     *           2100,
                     *           1500
                     *         ],
                     *         "geoTransform": [
                     *           -106.7,
                     *           0.0001,
                     *           0,
                     *           35.2,
                     *           0,
                     *           -0.0001
                     *         ],
                     *         "bands": [
                     *           {
                     *             "band": 1,
                     *             "block": [
                     *               2100,
                     *               1
                     *             ],
                     *             "type": "Byte",
                     *             "colorInterpretation": "Red",
                     *             "minimum": 11,
                     *             "maximum": 241,
                     *             "mean": 124.715,
                     *             "stdDev": 23.504,
                     *             "overviews": [
                     *               {
                     *                 "size": [
                     *                   1050,
                     *                   750
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description GDAL's description of the dataset. */
                        image_statistics: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImagePreview: {
        parameters: {
            query?: {
                /** @description How pixel values become 8-bit ones; as the viewpoint's own tiles when left out. */
                range_adjustment?: "NONE" | "MINMAX" | "DRA";
            };
            header?: {
                /** @description Tags of versions that the caller has (RFC 9110 section 13.1.2). */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".
                 * @example sample
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The caller has this version. */
            304: {
                headers: {
                    /** @description Tag of this version of the answer, for If-None-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is deleted",
                     *       "status": 410,
                     *       "detail": "The viewpoint \"sample\" is deleted.",
                     *       "code": "viewpoint_deleted"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A part of the path is too long. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 414,
                     *       "detail": "'/viewpoints/aaaaaaaaaa/status' exceeds the max param length",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExecutor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The jobs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "replica": "worker-1-4be1c0",
                     *       "accepting": true,
                     *       "concurrency": 2,
                     *       "waiting_room": 100,
                     *       "running": [
                     *         {
                     *           "viewpoint_id": "sample",
                     *           "step": "download",
                     *           "percent": 14,
                     *           "remaining_seconds": 1,
                     *           "bytes_done": 4521984,
                     *           "bytes_total": 9459378,
                     *           "attempt": 1,
                     *           "replica": "worker-1-4be1c0",
                     *           "correlation_id": "5b2e4568-cd4f-476b-a9ae-f97c2a25f993",
                     *           "started_at": "2026-11-24T11:01:11.063Z",
                     *           "updated_at": "2026-11-24T11:01:11.130Z",
                     *           "ended_at": null,
                     *           "timings_ms": {},
                     *           "error": null,
                     *           "image": null
                     *         }
                     *       ],
                     *       "waiting": []
                     *     }
                     */
                    "application/json": {
                        /** @description Name of this process. */
                        replica: string;
                        /** @description False while the service shuts down. */
                        accepting: boolean;
                        /** @description Jobs that can run at a time. */
                        concurrency: number;
                        /** @description Jobs that can wait. */
                        waiting_room: number;
                        /** @description Jobs that run. */
                        running: {
                            /** @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..". */
                            viewpoint_id: string;
                            /** @description What the job does now, or did last. */
                            step: ("waiting" | "download" | "pyramid" | "metadata" | "publish") | null;
                            /** @description Done of the whole job, in percent; never goes back, not even when another attempt begins anew. */
                            percent: number;
                            /** @description Estimate of the time until the job ends, in seconds; null while it waits and once it has ended. */
                            remaining_seconds: number | null;
                            /** @description Downloaded so far, in bytes. */
                            bytes_done: number;
                            /** @description To be downloaded, in bytes; 0 while unknown. */
                            bytes_total: number;
                            /** @description Leased runs of the viewpoint so far, this one included. */
                            attempt: number;
                            /** @description Service process that ran the job last. */
                            replica: string | null;
                            /** @description Identifier on every log line of the job. */
                            correlation_id: string | null;
                            /** @description When the job began. */
                            started_at: string | null;
                            /** @description When this report was made. */
                            updated_at: string | null;
                            /** @description When the job ended. */
                            ended_at: string | null;
                            /** @description Duration of each finished step, in milliseconds. */
                            timings_ms: {
                                /** @description Downloading the image and what lies beside it. In milliseconds. */
                                download?: number;
                                /** @description Statistics, overviews and verification tile, less what was done during the download. In milliseconds. */
                                pyramid?: number;
                                /** @description Georeference and documents. In milliseconds. */
                                metadata?: number;
                                /** @description Bringing the files to disk and into place. In milliseconds. */
                                publish?: number;
                            };
                            /** @description Why the job failed, or why its last try did. */
                            error: {
                                /**
                                 * @description What went wrong, for programs.
                                 * @enum {unknown}
                                 */
                                code: "invalid_request" | "unauthenticated" | "scope_missing" | "too_many_requests" | "viewpoint_not_found" | "route_not_found" | "definition_conflict" | "viewpoint_deleted" | "deleted_cannot_be_processed" | "viewpoint_not_ready" | "artifact_missing" | "not_processing" | "no_dead_letter_queue" | "executor_full" | "previews_busy" | "too_many_watchers" | "shutting_down" | "bucket_not_allowed" | "callback_refused" | "delivery_not_found" | "signature_invalid" | "message_expired" | "topic_not_allowed" | "webhook_not_enabled" | "idempotency_key_reused" | "unusable_object_key" | "no_such_bucket" | "no_such_key" | "access_denied" | "object_archived" | "object_changed" | "object_corrupt" | "download_failed" | "disk_full" | "empty_file" | "not_an_image" | "image_corrupt" | "unsupported_image" | "unsupported_compression" | "no_image_segment" | "forbidden_reference" | "image_too_large" | "decoder_crashed" | "decoder_killed" | "decoder_unavailable" | "decoder_timeout" | "cancelled" | "lease_lost" | "dependency_unavailable" | "dependency_missing" | "volume_failed" | "internal_error";
                                /** @description What went wrong and what to do, for people. */
                                message: string;
                                /** @description Where it went wrong. */
                                step: ("waiting" | "download" | "pyramid" | "metadata" | "publish") | null;
                                /** @description Whether another try can end differently. */
                                retryable: boolean;
                            } | null;
                            /** @description What the image turned out to be. */
                            image: {
                                /** @description GDAL driver that reads the image. */
                                driver: string;
                                /** @description Columns, in pixels. */
                                width: number;
                                /** @description Rows, in pixels. */
                                height: number;
                                /** @description Number of raster bands. */
                                bands: number;
                                /** @description GDAL data type of the first band. */
                                data_type: string;
                                /** @description internal, delivered, built or none. */
                                overviews: string;
                                /** @description What placed the corners on Earth. */
                                sensor_model: string | null;
                                /** @description Why the footprint is null. */
                                no_footprint_reason: string | null;
                                /** @description What else the file holds, such as further image segments of a NITF; the first that shows a scene is used. */
                                other_images: string[];
                                /** @description Side files that came with the image but could not be used, and why. */
                                rejected_side_files: string[];
                            } | null;
                        }[];
                        /** @description Jobs that wait, in the order in which they will start. */
                        waiting: {
                            /** @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..". */
                            viewpoint_id: string;
                            /** @description What the job does now, or did last. */
                            step: ("waiting" | "download" | "pyramid" | "metadata" | "publish") | null;
                            /** @description Done of the whole job, in percent; never goes back, not even when another attempt begins anew. */
                            percent: number;
                            /** @description Estimate of the time until the job ends, in seconds; null while it waits and once it has ended. */
                            remaining_seconds: number | null;
                            /** @description Downloaded so far, in bytes. */
                            bytes_done: number;
                            /** @description To be downloaded, in bytes; 0 while unknown. */
                            bytes_total: number;
                            /** @description Leased runs of the viewpoint so far, this one included. */
                            attempt: number;
                            /** @description Service process that ran the job last. */
                            replica: string | null;
                            /** @description Identifier on every log line of the job. */
                            correlation_id: string | null;
                            /** @description When the job began. */
                            started_at: string | null;
                            /** @description When this report was made. */
                            updated_at: string | null;
                            /** @description When the job ended. */
                            ended_at: string | null;
                            /** @description Duration of each finished step, in milliseconds. */
                            timings_ms: {
                                /** @description Downloading the image and what lies beside it. In milliseconds. */
                                download?: number;
                                /** @description Statistics, overviews and verification tile, less what was done during the download. In milliseconds. */
                                pyramid?: number;
                                /** @description Georeference and documents. In milliseconds. */
                                metadata?: number;
                                /** @description Bringing the files to disk and into place. In milliseconds. */
                                publish?: number;
                            };
                            /** @description Why the job failed, or why its last try did. */
                            error: {
                                /**
                                 * @description What went wrong, for programs.
                                 * @enum {unknown}
                                 */
                                code: "invalid_request" | "unauthenticated" | "scope_missing" | "too_many_requests" | "viewpoint_not_found" | "route_not_found" | "definition_conflict" | "viewpoint_deleted" | "deleted_cannot_be_processed" | "viewpoint_not_ready" | "artifact_missing" | "not_processing" | "no_dead_letter_queue" | "executor_full" | "previews_busy" | "too_many_watchers" | "shutting_down" | "bucket_not_allowed" | "callback_refused" | "delivery_not_found" | "signature_invalid" | "message_expired" | "topic_not_allowed" | "webhook_not_enabled" | "idempotency_key_reused" | "unusable_object_key" | "no_such_bucket" | "no_such_key" | "access_denied" | "object_archived" | "object_changed" | "object_corrupt" | "download_failed" | "disk_full" | "empty_file" | "not_an_image" | "image_corrupt" | "unsupported_image" | "unsupported_compression" | "no_image_segment" | "forbidden_reference" | "image_too_large" | "decoder_crashed" | "decoder_killed" | "decoder_unavailable" | "decoder_timeout" | "cancelled" | "lease_lost" | "dependency_unavailable" | "dependency_missing" | "volume_failed" | "internal_error";
                                /** @description What went wrong and what to do, for people. */
                                message: string;
                                /** @description Where it went wrong. */
                                step: ("waiting" | "download" | "pyramid" | "metadata" | "publish") | null;
                                /** @description Whether another try can end differently. */
                                retryable: boolean;
                            } | null;
                            /** @description What the image turned out to be. */
                            image: {
                                /** @description GDAL driver that reads the image. */
                                driver: string;
                                /** @description Columns, in pixels. */
                                width: number;
                                /** @description Rows, in pixels. */
                                height: number;
                                /** @description Number of raster bands. */
                                bands: number;
                                /** @description GDAL data type of the first band. */
                                data_type: string;
                                /** @description internal, delivered, built or none. */
                                overviews: string;
                                /** @description What placed the corners on Earth. */
                                sensor_model: string | null;
                                /** @description Why the footprint is null. */
                                no_footprint_reason: string | null;
                                /** @description What else the file holds, such as further image segments of a NITF; the first that shows a scene is used. */
                                other_images: string[];
                                /** @description Side files that came with the image but could not be used, and why. */
                                rejected_side_files: string[];
                            } | null;
                        }[];
                    };
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeadLetters: {
        parameters: {
            query: {
                /** @description Most messages to list. */
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The messages, in no particular order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messages": [
                     *         {
                     *           "message_id": "0f1a3c5e-7d4b-4c0f-9f53-2f1d8a6b9c10",
                     *           "viewpoint_id": "unlucky",
                     *           "viewpoint_status": "FAILED",
                     *           "reason": "The bucket \"viewpoint-images\" cannot be reached.",
                     *           "body": "{\"viewpoint_id\":\"unlucky\",\"viewpoint_status\":\"REQUESTED\"}",
                     *           "attributes": {},
                     *           "receive_count": 4,
                     *           "sent_at": "2026-11-24T10:12:31.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description At most `limit`. */
                        messages: {
                            /** @description Identifier that SQS gave the message. */
                            message_id: string;
                            /** @description Viewpoint that it requests, or that EVENT_RULES make of the first object of its events; null when there is none. */
                            viewpoint_id: string | null;
                            /** @description State of that viewpoint now; null when there is none. */
                            viewpoint_status: ("NOT FOUND" | "REQUESTED" | "UPDATING" | "READY" | "DELETED" | "FAILED") | null;
                            /** @description Why the message is here, as far as its body or the viewpoint tells. */
                            reason: string | null;
                            /** @description Body of the message as it was sent. */
                            body: string;
                            /** @description Message attributes, binary ones in base64. */
                            attributes: {
                                [key: string]: string;
                            };
                            /** @description Receives of the message so far; each listing adds one. */
                            receive_count: number;
                            /** @description When it was first sent. */
                            sent_at: string | null;
                        }[];
                    };
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redriveDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Messages to send back; all that request a viewpoint or tell of a new image when left out. */
                    message_ids?: string[];
                };
            };
        };
        responses: {
            /** @description What became of each message. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messages": [
                     *         {
                     *           "message_id": "0f1a3c5e-7d4b-4c0f-9f53-2f1d8a6b9c10",
                     *           "viewpoint_id": "unlucky",
                     *           "outcome": "sent_back"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description One for each message that was asked for. */
                        messages: {
                            /** @description Identifier that SQS gave the message. */
                            message_id: string;
                            /** @description Viewpoint that it requests, or that EVENT_RULES make of the first object of its events; null when there is none. */
                            viewpoint_id: string | null;
                            /**
                             * @description `sent_back` to the job queue; `not_a_viewpoint`: left, since it would only come back; `not_found`: not in the dead-letter queue, or in the hands of another caller.
                             * @enum {unknown}
                             */
                            outcome: "sent_back" | "not_a_viewpoint" | "not_found";
                        }[];
                    };
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 413,
                     *       "detail": "Request body is too large",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 415,
                     *       "detail": "Unsupported Media Type",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example viewpoint_slots_free 2 */
                    "text/plain": string;
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The caller may not do this",
                     *       "status": 403,
                     *       "detail": "This needs the scope \"admin\", which the caller does not have.",
                     *       "code": "scope_missing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service is up. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "OK"
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description OK.
                         * @enum {string}
                         */
                        status: "OK";
                    };
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process lives. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "live": true
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description True.
                         * @enum {boolean}
                         */
                        live: true;
                    };
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ready": true,
                     *       "checks": {
                     *         "table": {
                     *           "ok": true,
                     *           "detail": null
                     *         },
                     *         "queue": {
                     *           "ok": true,
                     *           "detail": null
                     *         },
                     *         "volume": {
                     *           "ok": true,
                     *           "detail": null
                     *         },
                     *         "decoder": {
                     *           "ok": true,
                     *           "detail": null
                     *         },
                     *         "poller": {
                     *           "ok": true,
                     *           "detail": null
                     *         },
                     *         "executor": {
                     *           "ok": true,
                     *           "detail": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description Whether this process can do its work. */
                        ready: boolean;
                        /** @description Each thing that is needed, by name. */
                        checks: {
                            [key: string]: {
                                /** @description Whether it is in order. */
                                ok: boolean;
                                /** @description Why not; null when all is well. */
                                detail: string | null;
                            };
                        };
                    };
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something is missing; `checks` tells what. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ready": false,
                     *       "checks": {
                     *         "table": {
                     *           "ok": true,
                     *           "detail": null
                     *         },
                     *         "queue": {
                     *           "ok": true,
                     *           "detail": null
                     *         },
                     *         "volume": {
                     *           "ok": false,
                     *           "detail": "The volume /ts-efs-volume cannot be written to: EROFS: read-only file system"
                     *         },
                     *         "decoder": {
                     *           "ok": true,
                     *           "detail": null
                     *         },
                     *         "poller": {
                     *           "ok": true,
                     *           "detail": null
                     *         },
                     *         "executor": {
                     *           "ok": true,
                     *           "detail": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description Whether this process can do its work. */
                        ready: boolean;
                        /** @description Each thing that is needed, by name. */
                        checks: {
                            [key: string]: {
                                /** @description Whether it is in order. */
                                ok: boolean;
                                /** @description Why not; null when all is well. */
                                detail: string | null;
                            };
                        };
                    };
                };
            };
        };
    };
    receiveSns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "Type": "Notification",
                 *       "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
                 *       "TopicArn": "arn:aws:sns:us-west-2:123456789012:new-images",
                 *       "Message": "{\"viewpoint_id\":\"sample\",\"viewpoint_status\":\"REQUESTED\"}",
                 *       "Timestamp": "2026-01-31T12:00:00.000Z",
                 *       "SignatureVersion": "2",
                 *       "Signature": "RXhhbXBsZQ==",
                 *       "SigningCertURL": "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem"
                 *     }
                 */
                "text/plain": {
                    /**
                     * @description Kind of the message.
                     * @enum {string}
                     */
                    Type: "Notification";
                    /** @description The same when the message is sent again. */
                    MessageId: string;
                    /** @description Topic that sends; one of SNS_TOPIC_ARNS. */
                    TopicArn: string;
                    /** @description Text of the message. */
                    Message: string;
                    /** @description When the message was published, ISO 8601. */
                    Timestamp: string;
                    /** @description 1 (SHA1) or 2 (SHA256). */
                    SignatureVersion: string;
                    /** @description Base64. */
                    Signature: string;
                    /** @description Where the certificate of the signature is; only hosts of SNS are asked. */
                    SigningCertURL: string;
                    /** @description Not looked at. */
                    Subject?: string | null;
                    /** @description `correlation_id` is carried into the log. */
                    MessageAttributes?: unknown;
                } | {
                    /**
                     * @description Kind of the message.
                     * @enum {string}
                     */
                    Type: "SubscriptionConfirmation";
                    /** @description The same when the message is sent again. */
                    MessageId: string;
                    /** @description Topic that sends; one of SNS_TOPIC_ARNS. */
                    TopicArn: string;
                    /** @description Text of the message. */
                    Message: string;
                    /** @description When the message was published, ISO 8601. */
                    Timestamp: string;
                    /** @description 1 (SHA1) or 2 (SHA256). */
                    SignatureVersion: string;
                    /** @description Base64. */
                    Signature: string;
                    /** @description Where the certificate of the signature is; only hosts of SNS are asked. */
                    SigningCertURL: string;
                    /** @description Proof of the subscription. */
                    Token: string;
                    /** @description What is asked for to confirm it. */
                    SubscribeURL: string;
                } | {
                    /**
                     * @description Kind of the message.
                     * @enum {string}
                     */
                    Type: "UnsubscribeConfirmation";
                    /** @description The same when the message is sent again. */
                    MessageId: string;
                    /** @description Topic that sends; one of SNS_TOPIC_ARNS. */
                    TopicArn: string;
                    /** @description Text of the message. */
                    Message: string;
                    /** @description When the message was published, ISO 8601. */
                    Timestamp: string;
                    /** @description 1 (SHA1) or 2 (SHA256). */
                    SignatureVersion: string;
                    /** @description Base64. */
                    Signature: string;
                    /** @description Where the certificate of the signature is; only hosts of SNS are asked. */
                    SigningCertURL: string;
                    /** @description Proof of the subscription. */
                    Token: string;
                    /** @description What is asked for to confirm it. */
                    SubscribeURL: string;
                };
                /**
                 * @example {
                 *       "Type": "Notification",
                 *       "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
                 *       "TopicArn": "arn:aws:sns:us-west-2:123456789012:new-images",
                 *       "Message": "{\"viewpoint_id\":\"sample\",\"viewpoint_status\":\"REQUESTED\"}",
                 *       "Timestamp": "2026-01-31T12:00:00.000Z",
                 *       "SignatureVersion": "2",
                 *       "Signature": "RXhhbXBsZQ==",
                 *       "SigningCertURL": "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Kind of the message.
                     * @enum {string}
                     */
                    Type: "Notification";
                    /** @description The same when the message is sent again. */
                    MessageId: string;
                    /** @description Topic that sends; one of SNS_TOPIC_ARNS. */
                    TopicArn: string;
                    /** @description Text of the message. */
                    Message: string;
                    /** @description When the message was published, ISO 8601. */
                    Timestamp: string;
                    /** @description 1 (SHA1) or 2 (SHA256). */
                    SignatureVersion: string;
                    /** @description Base64. */
                    Signature: string;
                    /** @description Where the certificate of the signature is; only hosts of SNS are asked. */
                    SigningCertURL: string;
                    /** @description Not looked at. */
                    Subject?: string | null;
                    /** @description `correlation_id` is carried into the log. */
                    MessageAttributes?: unknown;
                } | {
                    /**
                     * @description Kind of the message.
                     * @enum {string}
                     */
                    Type: "SubscriptionConfirmation";
                    /** @description The same when the message is sent again. */
                    MessageId: string;
                    /** @description Topic that sends; one of SNS_TOPIC_ARNS. */
                    TopicArn: string;
                    /** @description Text of the message. */
                    Message: string;
                    /** @description When the message was published, ISO 8601. */
                    Timestamp: string;
                    /** @description 1 (SHA1) or 2 (SHA256). */
                    SignatureVersion: string;
                    /** @description Base64. */
                    Signature: string;
                    /** @description Where the certificate of the signature is; only hosts of SNS are asked. */
                    SigningCertURL: string;
                    /** @description Proof of the subscription. */
                    Token: string;
                    /** @description What is asked for to confirm it. */
                    SubscribeURL: string;
                } | {
                    /**
                     * @description Kind of the message.
                     * @enum {string}
                     */
                    Type: "UnsubscribeConfirmation";
                    /** @description The same when the message is sent again. */
                    MessageId: string;
                    /** @description Topic that sends; one of SNS_TOPIC_ARNS. */
                    TopicArn: string;
                    /** @description Text of the message. */
                    Message: string;
                    /** @description When the message was published, ISO 8601. */
                    Timestamp: string;
                    /** @description 1 (SHA1) or 2 (SHA256). */
                    SignatureVersion: string;
                    /** @description Base64. */
                    Signature: string;
                    /** @description Where the certificate of the signature is; only hosts of SNS are asked. */
                    SigningCertURL: string;
                    /** @description Proof of the subscription. */
                    Token: string;
                    /** @description What is asked for to confirm it. */
                    SubscribeURL: string;
                };
            };
        };
        responses: {
            /** @description There is nothing to do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": [],
                     *       "ignored": [
                     *         {
                     *           "what": "viewpoint-images/incoming/notes.txt",
                     *           "reason": "no rule fits"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Viewpoints whose job is accepted, runs or is done. */
                        accepted: {
                            /** @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..". */
                            viewpoint_id: string;
                            /** @description Path of the status. */
                            status_url: string;
                        }[];
                        /** @description What there is nothing to do for. */
                        ignored: {
                            /** @description Object as `bucket/key`, or kind of message. */
                            what: string;
                            /** @description Why there is nothing to do. */
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description There is a job to follow. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": [
                     *         {
                     *           "viewpoint_id": "sample",
                     *           "status_url": "/viewpoints/sample/status"
                     *         }
                     *       ],
                     *       "ignored": []
                     *     }
                     */
                    "application/json": {
                        /** @description Viewpoints whose job is accepted, runs or is done. */
                        accepted: {
                            /** @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..". */
                            viewpoint_id: string;
                            /** @description Path of the status. */
                            status_url: string;
                        }[];
                        /** @description What there is nothing to do for. */
                        ignored: {
                            /** @description Object as `bucket/key`, or kind of message. */
                            what: string;
                            /** @description Why there is nothing to do. */
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The bucket is not allowed",
                     *       "status": 403,
                     *       "detail": "Images may not come from the bucket \"elsewhere\". Copy the object to an allowed bucket, or have this one allowed.",
                     *       "code": "bucket_not_allowed"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 413,
                     *       "detail": "Request body is too large",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the message; the same when it is sent again. */
                "webhook-id"?: string;
                /** @description When the message was signed, in epoch seconds; within 5 minutes from now. */
                "webhook-timestamp"?: string;
                /** @description Signatures, `v1,` and base64 each, separated by spaces; one must fit. */
                "webhook-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..". */
                    viewpoint_id: string;
                    /** @description Name for people; the id of the footprint Feature. */
                    viewpoint_name?: string;
                    /** @description S3 bucket that holds the image. */
                    bucket_name?: string;
                    /** @description S3 object key of the image. */
                    object_key?: string;
                    /**
                     * @description Edge of a tile, in pixels.
                     * @default 512
                     */
                    tile_size?: number;
                    /**
                     * @description How pixel values are mapped to 8 bits: NONE, MINMAX (first to last value seen) or DRA (2 % to 98 %, widened).
                     * @default NONE
                     * @enum {unknown}
                     */
                    range_adjustment?: "NONE" | "MINMAX" | "DRA";
                    /**
                     * @description URL that is told of the end of the job by a signed POST, tried for hours: https, and at a public address.
                     * @example https://receiver.example.com/viewpoints
                     */
                    callback_url?: string;
                    /**
                     * @description Process the image again although the viewpoint is READY.
                     * @default false
                     */
                    force?: boolean;
                } | {
                    /** @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..". */
                    viewpoint_id: string;
                    /** @description Not looked at: the row is what counts. */
                    viewpoint_status: string;
                } | {
                    /** @description Events, in no order. */
                    Records: {
                        /** @description Service that the event is of. */
                        eventSource?: string;
                        /** @description `ObjectCreated:` and how is what starts a job. */
                        eventName: string;
                        /** @description Where the object lies. */
                        s3: {
                            /** @description Bucket of the object. */
                            bucket: {
                                /** @description Name of the bucket. */
                                name: string;
                            };
                            /** @description Object that the event tells of. */
                            object: {
                                /** @description URL-encoded. */
                                key: string;
                                /** @description Object's ETag. */
                                eTag?: string;
                                /** @description Version, in a bucket that keeps them. */
                                versionId?: string;
                                /** @description Hexadecimal; greater for later events of the same object. */
                                sequencer?: string;
                            };
                        };
                    }[];
                } | {
                    /** @description `Object Created` is what starts a job. */
                    "detail-type": string;
                    /**
                     * @description Service that the event is of.
                     * @enum {string}
                     */
                    source: "aws.s3";
                    /** @description Where the object lies. */
                    detail: {
                        /** @description Bucket of the object. */
                        bucket: {
                            /** @description Name of the bucket. */
                            name: string;
                        };
                        /** @description Object that the event tells of. */
                        object: {
                            /** @description Not encoded. */
                            key: string;
                            /** @description Object's ETag. */
                            etag?: string;
                            /** @description Version, in a bucket that keeps them. */
                            "version-id"?: string;
                            /** @description Hexadecimal; greater for later events of the same object. */
                            sequencer?: string;
                        };
                    };
                } | {
                    /**
                     * @description Kind of the message.
                     * @enum {string}
                     */
                    Event: "s3:TestEvent";
                    /** @description Bucket whose notification was set up. */
                    Bucket?: string;
                };
            };
        };
        responses: {
            /** @description There is nothing to do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": [],
                     *       "ignored": [
                     *         {
                     *           "what": "viewpoint-images/incoming/notes.txt",
                     *           "reason": "no rule fits"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Viewpoints whose job is accepted, runs or is done. */
                        accepted: {
                            /** @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..". */
                            viewpoint_id: string;
                            /** @description Path of the status. */
                            status_url: string;
                        }[];
                        /** @description What there is nothing to do for. */
                        ignored: {
                            /** @description Object as `bucket/key`, or kind of message. */
                            what: string;
                            /** @description Why there is nothing to do. */
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description There is a job to follow. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": [
                     *         {
                     *           "viewpoint_id": "sample",
                     *           "status_url": "/viewpoints/sample/status"
                     *         }
                     *       ],
                     *       "ignored": []
                     *     }
                     */
                    "application/json": {
                        /** @description Viewpoints whose job is accepted, runs or is done. */
                        accepted: {
                            /** @description Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..". */
                            viewpoint_id: string;
                            /** @description Path of the status. */
                            status_url: string;
                        }[];
                        /** @description What there is nothing to do for. */
                        ignored: {
                            /** @description Object as `bucket/key`, or kind of message. */
                            what: string;
                            /** @description Why there is nothing to do. */
                            reason: string;
                        }[];
                    };
                };
            };
            /** @description The request is malformed: its path, its headers or its JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 400,
                     *       "detail": "Body is not valid JSON but content-type is set to 'application/json'",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller or the sender did not prove who it is, or too long ago. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Who sends the request is not known",
                     *       "status": 401,
                     *       "detail": "This needs a bearer token in the Authorization header.",
                     *       "code": "unauthenticated"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The bucket is not allowed",
                     *       "status": 403,
                     *       "detail": "Images may not come from the bucket \"elsewhere\". Copy the object to an allowed bucket, or have this one allowed.",
                     *       "code": "bucket_not_allowed"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such viewpoint. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "No such viewpoint",
                     *       "status": 404,
                     *       "detail": "There is no viewpoint \"unknown\".",
                     *       "code": "viewpoint_not_found"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The viewpoint is in a state that does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The viewpoint is not being processed",
                     *       "status": 409,
                     *       "detail": "The viewpoint \"sample\" is not being processed; its status is READY.",
                     *       "code": "not_processing"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 413,
                     *       "detail": "Request body is too large",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of a media type that is not taken here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 415,
                     *       "detail": "Unsupported Media Type",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not valid; `detail` names the member and what it wants. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "The request is not valid",
                     *       "status": 422,
                     *       "detail": "The request's body is not valid: tile_size must be integer.",
                     *       "code": "invalid_request"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of this caller; go on after the seconds in `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Too many requests",
                     *       "status": 429,
                     *       "detail": "More than 600 requests in a minute. Go on in 12 seconds.",
                     *       "code": "too_many_requests"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service met an unexpected error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "The service met an unexpected error. Its log says more.",
                     *       "code": "internal_error"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now; try again after the seconds in `Retry-After`. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "about:blank",
                     *       "title": "A service that this one needs cannot be reached",
                     *       "status": 503,
                     *       "detail": "The DynamoDB table \"TSJobTable\" cannot be used: connect ECONNREFUSED 10.0.0.1:443",
                     *       "code": "dependency_unavailable"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
