// SPDX-License-Identifier: MIT
package polelookup;

import java.util.List;

/** One answer to a question, and what it would leave. */
public final class QuestionOption extends Value {
    private final String answer;
    private final List<PoleKey> poles;

    QuestionOption(Reply reply) {
        answer = reply.text();
        poles = reply.list(PoleKey::read);
    }

    public String answer() {
        return answer;
    }

    /** The likeliest first. */
    public List<PoleKey> poles() {
        return poles;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "answer", answer,
            "poles", poles
        };
    }
}
