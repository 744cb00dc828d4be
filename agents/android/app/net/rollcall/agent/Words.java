package net.rollcall.agent;

import android.content.Context;
import net.rollcall.core.Problem;
import net.rollcall.core.Step;

/** What the app says, in the person's language. */
final class Words {
    private Words() {}

    /** Why something failed. A refusal of the server that has no words here is told in the server's own. */
    static String of(Context context, Problem problem) {
        int text = text(problem.code());
        if (text != 0) {
            return context.getString(text);
        }
        boolean isServers = problem.status() >= 400 && !problem.code().equals(Problem.UNEXPECTED);
        return isServers ? problem.getMessage() : context.getString(R.string.problem_unexpected);
    }

    /** The name of a step. */
    static String of(Context context, Step step) {
        switch (step) {
            case CONTACTED:
                return context.getString(R.string.step_contacted);
            case PERMISSIONS:
                return context.getString(R.string.step_permissions);
            case ADMIN:
                return context.getString(R.string.step_admin);
            case INVENTORY:
                return context.getString(R.string.step_inventory);
            default:
                return context.getString(R.string.step_done);
        }
    }

    /** What a right is for. */
    static int why(Rights.Right right) {
        switch (right) {
            case NOTIFICATIONS:
                return R.string.why_notifications;
            case LOCATION:
                return R.string.why_location;
            case BACKGROUND_LOCATION:
                return R.string.why_background;
            case BATTERY:
                return R.string.why_battery;
            default:
                return R.string.why_admin;
        }
    }

    /** The name of a right. */
    static int name(Rights.Right right) {
        switch (right) {
            case NOTIFICATIONS:
                return R.string.right_notifications;
            case LOCATION:
                return R.string.right_location;
            case BACKGROUND_LOCATION:
                return R.string.right_background;
            case BATTERY:
                return R.string.right_battery;
            default:
                return R.string.right_admin;
        }
    }

    /** Zero when the app has no words for it. */
    private static int text(String code) {
        switch (code) {
            case Problem.ADDRESS_NOT_URL:
            case Problem.ADDRESS_SCHEME:
            case Problem.ADDRESS_NO_TOKEN:
            case Problem.ADDRESS_BAD_TOKEN:
                return R.string.problem_link;
            case Problem.UNREACHABLE:
                return R.string.problem_unreachable;
            case Problem.MEMORY:
                return R.string.problem_memory;
            case Problem.CERTIFICATE:
                return R.string.problem_certificate;
            case Problem.REDIRECTED:
            case Problem.UNREADABLE:
                return R.string.problem_unexpected;
            case "credentials_invalid":
                return R.string.problem_credentials;
            case "invitation_deactivated":
            case "invitation_replaced":
            case "invitation_expired":
                return R.string.problem_invitation;
            case "too_many_attempts":
                return R.string.problem_attempts;
            case "too_many_enrollments":
            case "unavailable":
                return R.string.problem_busy;
            case "device_unknown":
            case "device_unenrolled":
                return R.string.problem_ended;
            default:
                return 0;
        }
    }
}
