// SPDX-License-Identifier: MIT
package polelookup;

/** A known pole told in full. */
public final class Description extends Value {
    private final Resolution answer;
    private final String json;

    Description(Reply reply) {
        answer = new Resolution(reply);
        json = reply.text();
    }

    /** With one candidate: nothing was heard that could be doubted. */
    public Resolution answer() {
        return answer;
    }

    /** The pole. */
    public Candidate candidate() {
        return answer.candidates().get(0);
    }

    public boolean isSample() {
        return answer.isSample();
    }

    /** The pole as the JSON that all of polelookup speaks: a hit. */
    public String toJson() {
        return json;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "answer", answer,
            "json", json
        };
    }
}
