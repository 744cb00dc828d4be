package net.rollcall.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * Commands: none is carried out twice, none is lost, and the server gets the result of each.
 *
 * <p>A command is saved when it arrives, saved as interrupted before it begins, and saved with its result afterwards.
 * When the agent is stopped in between, the next run reports the interruption. What could not be sent is sent later.
 */
final class Commands {
    private final Host host;
    private final Memory memory;
    private final Caller caller;
    private boolean isWiped;

    Commands(Host host, Memory memory, Caller caller) {
        this.host = host;
        this.memory = memory;
        this.caller = caller;
    }

    /** Whether this run has erased the device. */
    boolean isWiped() {
        return isWiped;
    }

    /**
     * Remembers what a poll brought. A command that was begun before is not begun again: its result is sent again.
     *
     * @return whether there was a command that this agent did not know yet
     */
    boolean remember(final JSONArray offers) throws IOException {
        if (offers.length() == 0) {
            return false;
        }
        int before = memory.enrollment().offers().size();
        memory.update(new Memory.Edit() {
            @Override
            public void apply(Memory memory) throws JSONException {
                for (int i = 0; i < offers.length(); i++) {
                    JSONObject offer = offers.optJSONObject(i);
                    String id = Json.text(offer, "uuid");
                    if (!Json.isId(id)) {
                        // Nothing to answer to.
                        continue;
                    }
                    if (memory.enrollment().knows(id)) {
                        memory.enrollment().markReported(id, false);
                    } else {
                        memory.enrollment().addOffer(offer);
                    }
                }
            }
        });
        return memory.enrollment().offers().size() > before;
    }

    /** Whether there is something to send or to do. */
    boolean isDue() {
        return !memory.enrollment().offers().isEmpty() || !unreported().isEmpty();
    }

    /**
     * Sends the results that the server does not have, then carries out the commands that have arrived, one after the
     * other. One that the server refuses does not hold up the others.
     *
     * @throws Problem the first of those that came up: what is left is done by the next call
     */
    void work() throws Problem, IOException, InterruptedException {
        try {
            Problem first = reportResults(null);
            for (JSONObject offer : memory.enrollment().offers()) {
                if (isWiped || caller.isStopping()) {
                    break;
                }
                try {
                    handle(offer);
                } catch (Problem problem) {
                    first = unlessFinal(problem, first);
                }
                first = reportResults(first);
            }
            if (first != null) {
                throw first;
            }
        } catch (JSONException e) {
            throw new IOException(e);
        }
    }

    /** The first of two problems; throws one after which no other call can succeed now. */
    private static Problem unlessFinal(Problem problem, Problem first) throws Problem {
        if (problem.status() == 0 || problem.endsEnrollment()) {
            throw problem;
        }
        return first == null ? problem : first;
    }

    private void handle(JSONObject offer) throws Problem, IOException, InterruptedException, JSONException {
        String id = Json.text(offer, "uuid");
        Order order = Order.of(offer);
        if (order == null) {
            host.log("A command is unknown to this agent: " + Json.text(offer, "type"));
            record(id, Results.error(CommandFailed.unsupported("This agent does not know the command.")));
            return;
        }
        // 1. Acknowledge. The server may answer that the command was cancelled or has expired.
        if (!send(id, Results.acknowledged())) {
            forget(id);
            return;
        }
        // 2. Save it as interrupted: that is its result if the agent ends before step 4.
        record(id, Results.error(new CommandFailed("interrupted",
                "The agent was stopped while it carried out the command.")));
        // 3. Carry it out.
        JSONObject result;
        try {
            result = order.type.equals("wipe") ? wipe(id, order) : Results.completed(carryOut(order));
        } catch (CommandFailed failure) {
            result = Results.error(failure);
        } catch (JSONException | RuntimeException e) {
            result = Results.error(CommandFailed.failed("The device reported a fault: " + e + "."));
        }
        // 4. Save the real result.
        if (result != null) {
            host.log("Command " + order.type + ": " + result.optJSONObject("error"));
            record(id, result);
        }
    }

    /** Carries out a command; returns the data for the server, or null. */
    private JSONObject carryOut(Order order)
            throws CommandFailed, Problem, IOException, InterruptedException, JSONException {
        switch (order.type) {
            case "lock":
                host.lock();
                return null;
            case "locate":
                return Facts.copy(host.locate(order.isHighAccuracy, order.seconds));
            case "ring":
                host.ring(order.seconds);
                return null;
            case "message":
                host.message(order.text);
                return null;
            case "lost_mode":
                host.showLost(order.text, order.phone);
                setLost(new JSONObject().put("message", order.text).put("phone", order.phone));
                return null;
            case "end_lost_mode":
                host.endLost();
                setLost(null);
                return null;
            case "inventory":
                return new JSONObject().put("changed", ownInventory());
            case "renew":
                ownRenewal();
                return null;
            default:
                throw CommandFailed.unsupported("This agent does not know the command.");
        }
    }

    private boolean ownInventory() throws CommandFailed, Problem, IOException, InterruptedException {
        try {
            return caller.inventory(true);
        } catch (Problem problem) {
            throw resultOf(problem);
        }
    }

    private void ownRenewal() throws CommandFailed, Problem, IOException, InterruptedException {
        try {
            caller.renew();
        } catch (Problem problem) {
            throw resultOf(problem);
        }
    }

    /** A failed call is the result of the command, unless the enrollment has ended. */
    private static CommandFailed resultOf(Problem problem) throws Problem {
        if (problem.endsEnrollment()) {
            throw problem;
        }
        return CommandFailed.failed(problem.getMessage());
    }

    /**
     * Erases the device. The server learns that it is done before it begins; from then on the wipe is owed, even when
     * the agent is stopped in between.
     *
     * @return null: the result was recorded
     */
    private JSONObject wipe(final String id, final Order order)
            throws CommandFailed, IOException, InterruptedException {
        host.checkWipe(order.isExternal);
        memory.update(new Memory.Edit() {
            @Override
            public void apply(Memory memory) throws JSONException {
                memory.enrollment().recordResult(id, Results.completed(null));
                memory.setWipe(new JSONObject().put("external", order.isExternal));
            }
        });
        try {
            reportResults(null);
        } catch (Problem | JSONException e) {
            // The server has the acknowledgement, and the silence that follows tells it the rest.
            host.log("The result of the wipe could not be sent. " + e.getMessage());
        }
        finishWipe();
        return null;
    }

    /** Erases the device if an earlier run owes it. */
    void finishWipe() throws IOException, InterruptedException {
        if (memory.wipe() == null) {
            return;
        }
        try {
            host.wipe(memory.wipe().optBoolean("external"));
            isWiped = true;
        } catch (CommandFailed | RuntimeException e) {
            host.log("The wipe failed: " + e);
            memory.update(new Memory.Edit() {
                @Override
                public void apply(Memory memory) throws JSONException {
                    memory.setWipe(null);
                }
            });
        }
    }

    private void setLost(final JSONObject lost) throws IOException {
        memory.update(new Memory.Edit() {
            @Override
            public void apply(Memory memory) throws JSONException {
                memory.setLost(lost);
            }
        });
        caller.publish();
    }

    /** Shows the page of a lost device again: the phone may have been started anew. */
    void resumeLostMode() throws InterruptedException {
        JSONObject lost = memory.lost();
        if (lost == null) {
            return;
        }
        try {
            String message = Json.text(lost, "message");
            host.showLost(message == null ? "" : message, Json.text(lost, "phone"));
        } catch (CommandFailed | RuntimeException e) {
            host.log("The page of a lost device cannot be shown: " + e);
        }
    }

    private void record(final String id, final JSONObject result) throws IOException {
        memory.update(new Memory.Edit() {
            @Override
            public void apply(Memory memory) throws JSONException {
                memory.enrollment().recordResult(id, result);
                memory.enrollment().removeOffer(id);
            }
        });
    }

    private void forget(final String id) throws IOException {
        memory.update(new Memory.Edit() {
            @Override
            public void apply(Memory memory) throws JSONException {
                memory.enrollment().removeOffer(id);
            }
        });
    }

    private List<JSONObject> unreported() {
        List<JSONObject> unreported = new ArrayList<JSONObject>();
        JSONArray commands = memory.enrollment().commands();
        for (int i = 0; i < commands.length(); i++) {
            if (!commands.optJSONObject(i).optBoolean("is_reported")) {
                unreported.add(commands.optJSONObject(i));
            }
        }
        return unreported;
    }

    /** Sends the results that the server does not have yet; returns the first problem, or {@code first}. */
    private Problem reportResults(Problem first) throws Problem, IOException, JSONException {
        for (JSONObject record : unreported()) {
            try {
                reportResult(Json.text(record, "id"), record.optJSONObject("result"));
            } catch (Problem problem) {
                first = unlessFinal(problem, first);
            }
        }
        return first;
    }

    private void reportResult(final String id, JSONObject result) throws Problem, IOException, JSONException {
        try {
            send(id, result);
        } catch (Problem problem) {
            if (!isRejected(problem)) {
                throw problem;
            }
            // The server will never take it. An error instead tells the admin; if it does not take that, nothing does.
            if (!Results.isError(result)) {
                record(id, Results.error(CommandFailed.failed("The server did not accept the result.")));
                throw problem;
            }
        }
        memory.update(new Memory.Edit() {
            @Override
            public void apply(Memory memory) throws JSONException {
                memory.enrollment().markReported(id, true);
            }
        });
    }

    private static boolean isRejected(Problem problem) {
        return problem.status() == 413 || problem.status() == 422 || problem.status() == 400;
    }

    /** Sends a result; false when the server does not know the command (any more). */
    private boolean send(String id, JSONObject result) throws Problem {
        try {
            caller.send(Request.post("commands/" + id + "/result", result));
            return true;
        } catch (Problem problem) {
            if (problem.isNotFound()) {
                return false;
            }
            throw problem;
        }
    }
}
